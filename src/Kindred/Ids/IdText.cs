using System.Text;

namespace Kindred.Ids;

/// <summary>What is known of the texts that exports write for ids.</summary>
public static class IdText
{
    // "NA" is Namibia, and "none" may be a name.
    private static readonly string[] _missing =
    [
        "\\N", "NULL", "Null", "null", "None", "nan", "NaN", "NaT", "<NA>", "<NULL>", "<null>", "(NULL)", "(null)", "[NULL]", "[null]",
        "undefined", "N/A", "#N/A",
    ];

    // By their length: every id is compared with the few of its own.
    private static readonly byte[][][] _missingByLength =
    [
        .. Enumerable.Range(0, _missing.Max(word => word.Length) + 1)
            .Select(length => _missing.Where(word => word.Length == length).Select(Encoding.ASCII.GetBytes).ToArray()),
    ];

    /// <summary>Tells whether a text is a word that exports write where there is no value: \N (MySQL, Hive, PostgreSQL), NULL, None, nan,
    /// &lt;NA&gt; (pandas) and others.</summary>
    public static bool IsMissingWord(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length >= _missingByLength.Length) return false;
        foreach (var word in _missingByLength[utf8.Length])
        {
            if (utf8.SequenceEqual(word)) return true;
        }

        return false;
    }

    /// <summary>Tells whether a text is \N alone, which no one is called.</summary>
    public static bool IsBackslashN(ReadOnlySpan<byte> utf8) => utf8 is [(byte)'\\', (byte)'N'];

    /// <summary>Tells whether an id does not begin or end with a character: white space, a control character, or one that is invisible,
    /// such as a byte order mark.</summary>
    public static bool IsEdge(Rune rune) => rune.Value <= 0x20 || rune.Value == 0x7F || Rune.IsWhiteSpace(rune) || IsInvisible(rune);

    /// <summary>Tells whether a character is invisible without being white space: a byte order mark, a zero-width space or joiner, a mark
    /// of direction (contacts copied on a Mac have them), a soft hyphen.</summary>
    public static bool IsInvisible(Rune rune) => rune.Value is 0xFEFF or 0xAD or 0x180E or (>= 0x200B and <= 0x200F)
        or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x2064) or (>= 0x2066 and <= 0x2069);

    /// <summary>The character at the beginning or end of a text at which an id may not begin or end; null if there is none.</summary>
    public static Rune? EdgeOf(ReadOnlySpan<byte> utf8)
    {
        // Nearly all ids begin and end with ASCII.
        if (utf8.IsEmpty || (IsPlain(utf8[0]) && IsPlain(utf8[^1]))) return null;
        Rune.DecodeFromUtf8(utf8, out var first, out _);
        if (IsEdge(first)) return first;
        Rune.DecodeLastFromUtf8(utf8, out var last, out _);
        return IsEdge(last) ? last : null;
    }

    private static bool IsPlain(byte value) => value is > 0x20 and < 0x7F;

    /// <summary>A text without white space and invisible characters around it.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> utf8)
    {
        while (!utf8.IsEmpty && Rune.DecodeFromUtf8(utf8, out var first, out var bytes) == System.Buffers.OperationStatus.Done && IsEdge(first))
        {
            utf8 = utf8[bytes..];
        }

        while (!utf8.IsEmpty && Rune.DecodeLastFromUtf8(utf8, out var last, out var bytes) == System.Buffers.OperationStatus.Done
            && IsEdge(last))
        {
            utf8 = utf8[..^bytes];
        }

        return utf8;
    }

    /// <summary>A whole number that was written with a fraction, without it: 17 for 17.0 and 17.000. Any other text as it is.</summary>
    public static ReadOnlySpan<byte> WithoutFraction(ReadOnlySpan<byte> utf8)
    {
        var point = utf8.LastIndexOf((byte)'.');
        if (point <= 0 || point == utf8.Length - 1 || utf8[(point + 1)..].ContainsAnyExcept((byte)'0')) return utf8;
        var digits = utf8[0] == '-' ? utf8[1..point] : utf8[..point];
        return digits.IsEmpty || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9') ? utf8 : utf8[..point];
    }
}
