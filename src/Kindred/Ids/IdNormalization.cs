using System.Buffers;
using System.Text;

namespace Kindred.Ids;

/// <summary>Writes ids in one way, so that ids of one user compare as equal.</summary>
/// <param name="Forms">The differences to remove. They are removed in the order trim, digits, NFC, lower case, whatever order they are
/// named in.</param>
public sealed record IdNormalization(IdForms Forms)
{
    // Longer texts are no ids, and bringing marks into order takes the square of their number.
    private const int MostBytes = 1024;

    /// <summary>Keeps ids byte for byte.</summary>
    public static IdNormalization None { get; } = new(IdForms.None);

    /// <summary>The names of the differences, as people write them in options and settings.</summary>
    public static IReadOnlyList<string> Names { get; } = ["trim", "lower", "nfc", "digits"];

    /// <summary>Reads names of differences.</summary>
    /// <param name="names">Of <see cref="Names"/>, in any case.</param>
    /// <param name="unknown">The first that is none of them; null if all are known.</param>
    /// <returns>The normalisation; none if a name is unknown.</returns>
    public static IdNormalization Parse(IEnumerable<string> names, out string? unknown)
    {
        var forms = IdForms.None;
        foreach (var name in names)
        {
            unknown = name;
            if (!Names.Contains(name, StringComparer.OrdinalIgnoreCase)) return None;
            forms |= Enum.Parse<IdForms>(name, ignoreCase: true);
        }

        unknown = null;
        return new IdNormalization(forms);
    }

    /// <summary>The names of what is removed, with commas: trim,lower.</summary>
    public override string ToString() =>
        string.Join(',', Names.Where(name => Forms.HasFlag(Enum.Parse<IdForms>(name, ignoreCase: true))));

    /// <summary>Writes an id in its one way.</summary>
    /// <param name="id">UTF-8.</param>
    /// <param name="buffer">Receives the id if it changes other than by losing its ends; it grows if necessary.</param>
    /// <returns>The id: a part of <paramref name="id"/>, or the start of the buffer.</returns>
    public ReadOnlySpan<byte> Apply(ReadOnlySpan<byte> id, ref byte[] buffer)
    {
        if (Forms == IdForms.None) return id;
        if (Forms.HasFlag(IdForms.Trim)) id = IdText.Trim(id);
        if (Forms.HasFlag(IdForms.Digits)) id = IdText.WithoutFraction(id);
        if (id.Length > MostBytes) return id;
        if (Ascii.IsValid(id)) return Forms.HasFlag(IdForms.Lower) ? Lower(id, ref buffer) : id;
        if ((Forms & (IdForms.Nfc | IdForms.Lower)) == 0) return id;
        var text = Encoding.UTF8.GetString(id);
        if (Forms.HasFlag(IdForms.Lower)) text = text.ToLowerInvariant();
        if (Forms.HasFlag(IdForms.Nfc)) text = CanonicalComposition.Of(text);
        if (Encoding.UTF8.GetMaxByteCount(text.Length) > buffer.Length) buffer = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        return buffer.AsSpan(0, Encoding.UTF8.GetBytes(text, buffer));
    }

    /// <summary>Writes an id in its one way.</summary>
    public string Apply(string id)
    {
        if (Forms == IdForms.None) return id;
        byte[] buffer = [];
        return Encoding.UTF8.GetString(Apply(Encoding.UTF8.GetBytes(id), ref buffer));
    }

    private static ReadOnlySpan<byte> Lower(ReadOnlySpan<byte> id, ref byte[] buffer)
    {
        if (!id.ContainsAnyInRange((byte)'A', (byte)'Z')) return id;
        if (id.Length > buffer.Length) buffer = new byte[2 * id.Length];
        return Ascii.ToLower(id, buffer, out var written) == OperationStatus.Done ? buffer.AsSpan(0, written) : id;
    }
}
