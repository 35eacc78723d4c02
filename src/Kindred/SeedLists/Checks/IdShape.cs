using System.Text;

namespace Kindred.SeedLists.Checks;

/// <summary>The shape of ids, without showing one: a####### for u0012345, a…@a….a… for an e-mail address.</summary>
/// <remarks>No letter and no digit is shown as it is: even a beginning that all ids share may name a customer.</remarks>
internal static class IdShape
{
    private const int LongestRun = 12;

    /// <summary>The shape of most of the ids.</summary>
    /// <param name="count">The number of ids; they are distinct, and a sample is enough.</param>
    /// <param name="id">One of them.</param>
    public static string Of(int count, Func<int, ReadOnlyMemory<byte>> id)
    {
        if (count == 0) return "";
        var texts = Enumerable.Range(0, count).Select(i => Encoding.UTF8.GetString(id(i).Span)).ToArray();
        if (Hexadecimal(texts) is { } digits) return $"{digits} hexadecimal digits";
        if (texts.All(IsUuid)) return "8-4-4-4-12 hexadecimal digits";
        string[] exact = [.. texts.Select(text => Mask(text, long.MaxValue))];
        var (shape, holders) = MostFrequent(exact);
        return holders * 2 >= count ? Shorten(shape)
            : MostFrequent([.. texts.Select(text => Mask(text, 1))]).Shape;
    }

    /// <summary>The length in bytes of hashes with a shape of <see cref="Of"/>; null if the shape is not that of a hash.</summary>
    public static int? HashBytes(string shape) => shape switch
    {
        "32 hexadecimal digits" => 16,
        "40 hexadecimal digits" => 20,
        "64 hexadecimal digits" => 32,
        _ => null,
    };

    private static int? Hexadecimal(string[] texts)
    {
        var length = texts[0].Length;
        return length is 32 or 40 or 64 && texts.All(text => text.Length == length && text.All(char.IsAsciiHexDigit)) ? length : null;
    }

    private static bool IsUuid(string text) =>
        text.Length == 36
            && text.Select((letter, i) => i is 8 or 13 or 18 or 23 ? letter == '-' : char.IsAsciiHexDigit(letter)).All(fits => fits);

    /// <summary>Letters, digits and other characters by their class; runs longer than allowed are cut to one and an ellipsis.</summary>
    private static string Mask(ReadOnlySpan<char> text, long longestRun)
    {
        var mask = new StringBuilder();
        var (before, run) = ('\0', 0);
        foreach (var letter in text)
        {
            var kind = char.IsAsciiDigit(letter) ? '#' : char.IsUpper(letter) ? 'A' : char.IsLetter(letter) ? 'a'
                : char.IsWhiteSpace(letter) ? '␣' : letter is > ' ' and < '\x7F' ? letter : '*';
            run = kind == before ? run + 1 : 1;
            before = kind;
            if (run <= longestRun) mask.Append(kind);
            else if (run == longestRun + 1) mask.Append('…');
        }

        return mask.ToString();
    }

    // A run of 64 characters is easier to read as its length.
    private static string Shorten(string shape)
    {
        var shortened = new StringBuilder();
        for (int start = 0, end; start < shape.Length; start = end)
        {
            end = start;
            while (end < shape.Length && shape[end] == shape[start]) end++;
            if (end - start > LongestRun) shortened.Append(shape[start]).Append('{').Append(end - start).Append('}');
            else shortened.Append(shape, start, end - start);
        }

        return shortened.ToString();
    }

    private static (string Shape, int Holders) MostFrequent(string[] shapes)
    {
        var best = shapes.GroupBy(shape => shape, StringComparer.Ordinal).OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal).First();
        return (best.Key, best.Count());
    }
}
