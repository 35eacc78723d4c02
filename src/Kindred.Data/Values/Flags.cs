using System.Text;

namespace Kindred.Data.Values;

/// <summary>Reads flags as databases, data frames and spreadsheets write them.</summary>
internal static class Flags
{
    // PostgreSQL writes t and f, pandas True and 1.0, Excel the words of its language.
    private static readonly HashSet<string> _true =
        ["1", "1.0", "true", "t", "yes", "y", "on", "wahr", "vrai", "verdadero", "verdadeiro", "vero", "waar", "igaz"];

    private static readonly HashSet<string> _false =
        ["0", "0.0", "false", "f", "no", "n", "off", "falsch", "faux", "falso", "onwaar", "hamis"];

    public static bool TryParse(ReadOnlySpan<byte> utf8, out bool flag)
    {
        flag = utf8 is [(byte)'1'];
        if (flag || utf8 is [(byte)'0']) return true;
        Span<char> text = stackalloc char[12];
        if (utf8.Length > text.Length || Ascii.ToUtf16(utf8, text, out var length) != System.Buffers.OperationStatus.Done) return false;
        Span<char> lower = stackalloc char[12];
        length = ((ReadOnlySpan<char>)text[..length]).ToLowerInvariant(lower);
        flag = _true.GetAlternateLookup<ReadOnlySpan<char>>().Contains(lower[..length]);
        return flag || _false.GetAlternateLookup<ReadOnlySpan<char>>().Contains(lower[..length]);
    }
}
