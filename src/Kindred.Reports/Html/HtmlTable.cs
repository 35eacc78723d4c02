using System.Text;

namespace Kindred.Reports.Html;

/// <summary>An HTML table. The first column names the rows; the others hold numbers, except a last column of notes.</summary>
/// <param name="Caption">The caption.</param>
/// <param name="Headers">One header per column.</param>
public sealed record HtmlTable(string Caption, IReadOnlyList<string> Headers)
{
    private readonly List<(string? Anchor, string[] Cells)> _rows = [];

    /// <summary>Left-aligns the last column as text.</summary>
    public bool EndsInNote { get; init; }

    /// <summary>Adds a row: its name and its formatted numbers.</summary>
    public HtmlTable Add(params string[] cells) => AddLink(null, cells);

    /// <summary>Adds a row whose name links to a section of the page.</summary>
    /// <param name="anchor">The anchor of the section; null for no link.</param>
    /// <param name="cells">The name and the formatted numbers.</param>
    public HtmlTable AddLink(string? anchor, params string[] cells)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cells.Length, Headers.Count);
        _rows.Add((anchor, cells));
        return this;
    }

    /// <summary>The table as HTML.</summary>
    /// <param name="region">The name of the region that scrolls it, unique on its page; null for the caption.</param>
    public string Render(string? region = null)
    {
        // A region that scrolls must be reached by keyboard, and a landmark needs a name.
        var html = new StringBuilder("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"")
            .Append(Markup.Escape(region ?? Caption)).Append("\">").Append(EndsInNote ? "<table class=\"note\">\n" : "<table>\n");
        html.Append("<caption><span>").Append(Markup.Escape(Caption)).Append("</span></caption>\n<thead><tr>");
        foreach (var header in Headers) html.Append("<th scope=\"col\">").Append(Markup.Escape(header)).Append("</th>");
        html.Append("</tr></thead>\n<tbody>\n");
        foreach (var (anchor, cells) in _rows)
        {
            html.Append("<tr><th scope=\"row\">").Append(Markup.Link(cells[0], anchor)).Append("</th>");
            foreach (var cell in cells.Skip(1)) html.Append("<td>").Append(Markup.Escape(cell)).Append("</td>");
            html.Append("</tr>\n");
        }

        return html.Append("</tbody>\n</table></div>\n").ToString();
    }
}
