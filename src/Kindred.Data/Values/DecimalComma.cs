using System.Globalization;
using System.Text;

namespace Kindred.Data.Values;

/// <summary>Recognises numbers that were exported with a decimal comma.</summary>
internal static class DecimalComma
{
    public const string Advice =
        "Export with a decimal point and without thousands separators, as in 1234.5, or say that numbers have a decimal comma";

    /// <summary>Reads a number that may have a decimal comma, and points between thousands.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out double number)
    {
        number = 0;
        Span<byte> point = stackalloc byte[64];
        if (utf8.Length > point.Length) return false;
        var comma = utf8.IndexOf((byte)',');
        // Without a comma, a point is that of an exporter that knows no commas: 0.5, not five.
        if (comma < 0) return double.TryParse(utf8, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
        if (utf8[(comma + 1)..].ContainsAny((byte)',', (byte)'.')) return false;
        var length = 0;
        foreach (var letter in utf8)
        {
            if (letter != '.') point[length++] = letter == ',' ? (byte)'.' : letter;
        }

        return double.TryParse(point[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Tells whether a text is a number with a decimal comma: <c>0,5</c>, <c>1.234,5</c> or <c>1,5E-03</c>.</summary>
    public static bool Is(ReadOnlySpan<byte> utf8)
    {
        var comma = utf8.IndexOf((byte)',');
        if (comma < 0 || utf8[(comma + 1)..].ContainsAny((byte)',', (byte)'.')) return false;
        var text = Encoding.UTF8.GetString(utf8).Replace(".", "", StringComparison.Ordinal).Replace(',', '.');
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
    }

    /// <summary>The problem in words. The comma of <c>1,234</c> is ambiguous.</summary>
    public static string Problem(ReadOnlySpan<byte> utf8)
    {
        var comma = utf8.IndexOf((byte)',');
        var ofThousands = comma is >= 1 and <= 3 && utf8.Length == comma + 4 && utf8[0] is >= (byte)'1' and <= (byte)'9'
            && !utf8.Contains((byte)'.');
        return $"{ShortText.Of(utf8)} has {(ofThousands ? "a comma, of decimals or of thousands" : "a decimal comma")}";
    }
}
