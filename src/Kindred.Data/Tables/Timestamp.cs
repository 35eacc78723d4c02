using System.Globalization;
using System.Text;

namespace Kindred.Data.Tables;

/// <summary>Reads points in time as people and exports write them.</summary>
public static class Timestamp
{
    // 10¹¹ seconds are the year 5138 and 10¹¹ milliseconds are 1973, so the size decides the unit. 10¹⁴ ms are the year 5138 again;
    // anything larger is in micro- or nanoseconds and is refused rather than guessed.
    private const double LeastMilliseconds = 1e11;
    private const double MostMilliseconds = 1e14;

    /// <summary>Reads an ISO 8601 date or time, unix seconds or unix milliseconds, told apart by size.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="unixMilliseconds">The time.</param>
    /// <returns>False if it is not a time.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out long unixMilliseconds)
    {
        unixMilliseconds = 0;
        if (double.TryParse(utf8, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var number))
        {
            return TryUnix(number, out unixMilliseconds);
        }

        // Only ISO 8601, because the general parser would read 11/12/2024 as November.
        if (utf8.Length is < 10 or > 40 || utf8[4] != '-' || utf8[7] != '-') return false;
        Span<char> text = stackalloc char[40];
        if (Ascii.ToUtf16(utf8, text, out var length) != System.Buffers.OperationStatus.Done) return false;
        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTimeOffset.TryParse(text[..length], CultureInfo.InvariantCulture, styles, out var time)) return false;
        unixMilliseconds = time.ToUnixTimeMilliseconds();
        return true;
    }

    internal static bool TryUnix(double number, out long unixMilliseconds)
    {
        var size = Math.Abs(number);
        unixMilliseconds = size < MostMilliseconds ? (long)(size < LeastMilliseconds ? number * 1000 : number) : 0;
        return size < MostMilliseconds;
    }

    /// <summary>Tells whether a time is plausible: before the year 5138.</summary>
    public static bool IsInRange(long unixMilliseconds) => unixMilliseconds is > -(long)MostMilliseconds and < (long)MostMilliseconds;
}
