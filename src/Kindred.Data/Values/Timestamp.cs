using System.Globalization;
using System.Text;

namespace Kindred.Data.Values;

/// <summary>Reads points in time as people and exports write them.</summary>
public static class Timestamp
{
    private static readonly string[] _basic =
        ["yyyyMMdd'T'HHmmss.FFFFFFFK", "yyyyMMdd'T'HHmmssK", "yyyyMMdd'T'HHmmK", "yyyyMMdd'T'HHmmsszzz", "yyyyMMdd'T'HHmmss.FFFFFFFzzz"];

    // 10¹¹ seconds are the year 5138 and 10¹¹ milliseconds are 1973, so the size decides the unit; likewise for micro- and nanoseconds.
    private const double LeastMilliseconds = 1e11;
    private const double MostMilliseconds = 1e14;
    private const double MostMicroseconds = 1e17;
    private const double MostNanoseconds = 1e20;

    /// <summary>Reads an ISO 8601 date or time, also with slashes or points (2024/12/31), a date of eight digits (20241231), or unix seconds, milli-, micro- or nanoseconds, told
    /// apart by size. Times without a zone are UTC.</summary>
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
        if (utf8.Length is < 10 or > 48) return false;
        var isBasic = utf8[8] == 'T';
        if (!isBasic && (utf8[4] != utf8[7] || utf8[4] is not ((byte)'-' or (byte)'/' or (byte)'.'))) return false;
        // BigQuery writes the zone's name, PostgreSQL and others write Z or the hours.
        if (utf8.EndsWith(" UTC"u8)) utf8 = utf8[..^4];
        Span<char> text = stackalloc char[48];
        if (Ascii.ToUtf16(utf8, text, out var length) != System.Buffers.OperationStatus.Done) return false;
        // With the year first, slashes and points leave no doubt.
        if (!isBasic) text[4] = text[7] = '-';
        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        DateTimeOffset time;
        if (!(isBasic ? DateTimeOffset.TryParseExact(text[..length], _basic, CultureInfo.InvariantCulture, styles, out time)
            : DateTimeOffset.TryParse(text[..length], CultureInfo.InvariantCulture, styles, out time)))
        {
            return false;
        }

        unixMilliseconds = time.ToUnixTimeMilliseconds();
        return true;
    }

    /// <summary>What to do about a text that is not a time, as a sentence without a full stop.</summary>
    internal static string Advice(ReadOnlySpan<byte> utf8)
    {
        const string forms = "Write ISO 8601 (2024-05-31 or 2024-05-31T12:00:00Z), or unix seconds, milli-, micro- or nanoseconds";
        return utf8.Length >= 6 && char.IsAsciiDigit((char)utf8[0]) && utf8.ContainsAny("/."u8)
            ? $"{forms}; or say which form the times have, for example that the day comes first" : forms;
    }

    internal static bool TryUnix(double number, out long unixMilliseconds)
    {
        if (TryDate(number, out unixMilliseconds)) return true;
        var size = Math.Abs(number);
        unixMilliseconds = size < LeastMilliseconds ? (long)(number * 1000)
            : size < MostMilliseconds ? (long)number
            : size < MostMicroseconds ? (long)Math.Floor(number / 1e3)
            : size < MostNanoseconds ? (long)Math.Floor(number / 1e6) : 0;
        return size < MostNanoseconds;
    }

    // Eight digits are unix seconds of 1970 to 1973, when nobody logged anything, and fourteen are milliseconds of the far future.
    private static bool TryDate(double number, out long unixMilliseconds)
    {
        unixMilliseconds = 0;
        var time = 0L;
        if (number is >= 19000101e6 and < 21000101e6) time = (long)number % 1_000_000;
        else if (number is < 19000101 or >= 21000101) return false;
        var date = (int)(number >= 21000101 ? number / 1e6 : number);
        if (number != Math.Floor(number)) return false;
        var (year, month, day) = (date / 10_000, date / 100 % 100, date % 100);
        var (hour, minute, second) = ((int)(time / 10_000), (int)(time / 100 % 100), (int)(time % 100));
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59) return false;
        unixMilliseconds = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero).ToUnixTimeMilliseconds();
        return true;
    }

    /// <summary>Tells whether a time is plausible: before the year 5138.</summary>
    public static bool IsInRange(long unixMilliseconds) => unixMilliseconds is > -(long)MostMilliseconds and < (long)MostMilliseconds;
}
