using System.Text;

namespace Kindred.Data.Values;

/// <summary>Prepares values for errors.</summary>
internal static class ShortText
{
    private const int Most = 40;

    /// <summary>A value, quoted and cut to 40 characters.</summary>
    public static string Of(ReadOnlySpan<byte> utf8) => Of(Encoding.UTF8.GetString(utf8));

    /// <summary>A value, quoted and cut to 40 characters.</summary>
    public static string Of(string value)
    {
        // A lone half of a surrogate pair would not be printable.
        var end = value.Length > Most && char.IsHighSurrogate(value[Most - 1]) ? Most - 1 : Most;
        var shown = value.Length <= Most ? value : value[..end] + "…";
        return $"'{VisibleText.Of(shown)}'";
    }
}
