using System.Globalization;
using Kindred.Data.Tables;

namespace Kindred.Data.Imports;

/// <summary>A list of numbers as text: <c>[0.1, 0.2]</c>, as Python and JSON write it, or <c>[0.1 0.2]</c>, as NumPy prints it.</summary>
internal sealed class ListText
{
    private const string Example = "Write lists of numbers as [0.5, -1] or [0.5 -1]";

    private float[] _numbers = new float[64];
    private int _count;

    /// <summary>The numbers of the text that was read last.</summary>
    public ReadOnlySpan<float> Numbers => _numbers.AsSpan(0, _count);

    /// <summary>Tells whether a text begins like a list.</summary>
    public static bool Is(ReadOnlySpan<byte> utf8) => Trim(utf8) is [(byte)'[', ..];

    /// <summary>Reads a list, NaN included.</summary>
    /// <param name="utf8">The text.</param>
    /// <returns>Null; or the problem, as the end of a sentence, and the advice.</returns>
    public (string Problem, string Advice)? Read(ReadOnlySpan<byte> utf8)
    {
        _count = 0;
        var text = Trim(utf8);
        if (text is not [(byte)'[', .., (byte)']'])
        {
            return ($"{TableReader.Shorten(utf8)} is not a list from [ to ]", $"{Example}; a text that was cut off ends like this too");
        }

        text = Trim(text[1..^1]);
        var mixed = false;
        bool? commas = null, blanks = null;
        while (!text.IsEmpty)
        {
            var end = text.IndexOfAny(", \t\r\n"u8);
            var number = end < 0 ? text : text[..end];
            if (Add(number) is { } bad) return bad;
            text = Trim(text[number.Length..]);
            if (text.IsEmpty) break;
            var comma = text[0] == ',';
            if (comma != (commas ??= comma))
            {
                var found = comma ? "a comma, but others are not" : "no comma, but others are";
                return ($"number {_count + 1:N0} of the list follows {found}", Example);
            }

            if (!comma) continue;
            text = text[1..];
            var blank = Trim(text).Length < text.Length;
            text = Trim(text);
            if (text.IsEmpty) return Add(text);
            mixed |= blank != (blanks ??= blank);
        }

        // Other white space counts as blanks. If no number has a point, some of the commas may be decimal commas.
        return mixed && !utf8.ContainsAny(".eE"u8)
            ? ("some commas of the list are followed by a blank and others are not",
                $"{Example}: the others seem to be decimal commas, which lists cannot have") : null;
    }

    private (string Problem, string Advice)? Add(ReadOnlySpan<byte> utf8)
    {
        if (utf8.SequenceEqual("..."u8))
        {
            return ("the list has ... in place of most numbers, as NumPy prints long arrays",
                "Write vector.tolist() into the table, not the array");
        }

        if (!float.TryParse(utf8, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return ($"number {_count + 1:N0} of the list is {TableReader.Shorten(utf8)}, which is not a number", Example);
        }

        if (_count == _numbers.Length) Array.Resize(ref _numbers, 2 * _count);
        _numbers[_count++] = number;
        return null;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> utf8) => utf8.Trim(" \t\r\n"u8);
}
