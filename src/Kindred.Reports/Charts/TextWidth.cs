using System.Text;

namespace Kindred.Reports.Charts;

/// <summary>Estimates how wide a text of a chart is drawn. The font is the reader's, so these are the widths of a wide one.</summary>
internal static class TextWidth
{
    private const string Cut = "…";

    /// <summary>The width in drawing units.</summary>
    public static double Of(string text) => text.EnumerateRunes().Sum(Of);

    /// <summary>A text that fits a width: the whole text, or its start and three dots.</summary>
    public static string Fitting(string text, double width)
    {
        if (Of(text) <= width) return text;
        var (start, room) = (new StringBuilder(), width - Of(Cut));
        foreach (var rune in text.EnumerateRunes())
        {
            room -= Of(rune);
            if (room < 0) break;
            start.Append(rune.ToString());
        }

        return start.ToString().TrimEnd() + Cut;
    }

    /// <summary>The lines of a text that is wrapped between words.</summary>
    public static IReadOnlyList<string> Lines(string text, double width)
    {
        List<string> lines = [];
        foreach (var word in text.Split(' '))
        {
            if (lines.Count > 0 && Of($"{lines[^1]} {word}") <= width) lines[^1] += " " + word;
            else lines.Add(word);
        }

        return lines;
    }

    private static double Of(Rune rune) => rune.Value switch
    {
        'i' or 'j' or 'l' or 'I' or 'f' or 't' or 'r' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' or ' ' or '\u00A0' or '(' or ')'
            or '-' => 5.5,
        'm' or 'M' or 'w' or 'W' or '%' or '@' or '±' or '+' or '−' or '<' or '>' or '…' => 13,
        >= 'A' and <= 'Z' => 10,
        < 0x2E80 => 8.4,
        _ => 14,
    };
}
