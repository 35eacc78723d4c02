using System.Text;

namespace Kindred.Reports.Html;

/// <summary>Escapes text for HTML and SVG.</summary>
internal static class Markup
{
    /// <summary>Escapes text for use as content or attribute value.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                // Control characters are not allowed in XML, not even escaped.
                < ' ' and not '\n' and not '\t' or 0x7F or 0xFFFE or 0xFFFF => escaped.Append('\uFFFD'),
                _ => escaped.Append(rune.ToString()),
            };
        }

        return escaped.ToString();
    }

    /// <summary>Escaped text that links to a section of its page; without an anchor, only the text.</summary>
    public static string Link(string text, string? anchor) =>
        anchor is null ? Escape(text) : $"<a href=\"#{Escape(anchor)}\">{Escape(text)}</a>";
}
