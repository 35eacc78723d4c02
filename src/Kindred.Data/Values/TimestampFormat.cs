using System.Globalization;
using System.Text;

namespace Kindred.Data.Values;

/// <summary>A form of points in time other than ISO 8601 and unix times, such as 30.11.2025 10:53.</summary>
public sealed class TimestampFormat
{
    private static readonly string[] _times = ["", " H:mm", " H:mm:ss", " H:mm:ss.FFFFFFF", " h:mm tt", " h:mm:ss tt"];

    private static readonly string[] _dayFirst = [.. Dates("d/M/yyyy", "d.M.yyyy", "d-M-yyyy", "d/M/yy", "d.M.yy", "d-MMM-yyyy", "d MMM yyyy")];
    private static readonly string[] _monthFirst = [.. Dates("M/d/yyyy", "M.d.yyyy", "M-d-yyyy", "M/d/yy", "MMM d yyyy", "MMM d, yyyy")];

    // %X of strptime, as .NET writes it: with one digit where the next character is no digit, and in full elsewhere.
    private static readonly Dictionary<char, (string Loose, string Full)> _parts = new()
    {
        ['Y'] = ("yyyy", "yyyy"),
        ['y'] = ("yy", "yy"),
        ['m'] = ("M", "MM"),
        ['d'] = ("d", "dd"),
        ['e'] = ("d", "dd"),
        ['H'] = ("H", "HH"),
        ['I'] = ("h", "hh"),
        ['M'] = ("m", "mm"),
        ['S'] = ("s", "ss"),
        ['f'] = ("FFFFFFF", "FFFFFFF"),
        ['p'] = ("tt", "tt"),
        ['b'] = ("MMM", "MMM"),
        ['B'] = ("MMMM", "MMMM"),
        ['a'] = ("ddd", "ddd"),
        ['A'] = ("dddd", "dddd"),
        ['z'] = ("zzz", "zzz"),
    };

    private readonly string[] _forms;

    private TimestampFormat(string name, string[] forms) => (Name, _forms) = (name, forms);

    /// <summary>The format as it was given.</summary>
    public string Name { get; }

    /// <summary>An example of a format, for errors.</summary>
    public const string Example = "%d.%m.%Y %H:%M";

    /// <summary>Reads a format: <c>day-first</c> (30.11.2025, 30/11/2025 10:53), <c>month-first</c> (11/30/2025, 11/30/2025 10:53 AM), or a
    /// pattern of strptime, as in <see cref="Example"/>. Times without a zone are UTC.</summary>
    /// <param name="text">The format.</param>
    /// <param name="problem">What is wrong with it, as the end of a sentence; null if nothing is.</param>
    /// <returns>Null if it is none.</returns>
    public static TimestampFormat? TryParse(string text, out string? problem)
    {
        problem = null;
        if (text == "day-first") return new TimestampFormat(text, _dayFirst);
        if (text == "month-first") return new TimestampFormat(text, _monthFirst);
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            problem = $"is '{text}'; it must be day-first, month-first, or a pattern such as '{Example}'";
            return null;
        }

        var form = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                Literal(text[i]);
                continue;
            }

            if (++i < text.Length && text[i] == '%')
            {
                Literal('%');
            }
            else if (i < text.Length && _parts.TryGetValue(text[i], out var part))
            {
                // Two numbers without anything between them need all their digits.
                var touches = (i + 1 < text.Length && text[i + 1] == '%') || (i >= 3 && text[i - 3] == '%');
                form.Append(touches ? part.Full : part.Loose);
            }
            else
            {
                var known = string.Join(", ", _parts.Keys.Select(letter => $"%{letter}"));
                problem = $"is '{text}', with {(i < text.Length ? $"%{text[i]}, which is not known" : "a % at its end")}; known are {known} and %%";
                return null;
            }
        }

        return new TimestampFormat(text, [form.ToString()]);

        void Literal(char letter) => _ = letter == ' ' ? form.Append(' ') : form.Append('\\').Append(letter);
    }

    /// <summary>Reads a point in time.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="unixMilliseconds">The time.</param>
    /// <returns>False if it is not of this form.</returns>
    public bool TryRead(ReadOnlySpan<byte> utf8, out long unixMilliseconds)
    {
        unixMilliseconds = 0;
        Span<char> text = stackalloc char[64];
        if (utf8.Length > text.Length || !Encoding.UTF8.TryGetChars(utf8, text, out var length)) return false;
        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces;
        if (!DateTimeOffset.TryParseExact(text[..length], _forms, CultureInfo.InvariantCulture, styles, out var time)) return false;
        unixMilliseconds = time.ToUnixTimeMilliseconds();
        return true;
    }

    private static IEnumerable<string> Dates(params string[] dates) =>
        dates.SelectMany(date => _times.SelectMany(time => time.Length == 0 ? [date] : (string[])[date + time, date + "," + time]));
}
