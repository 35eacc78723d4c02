using System.Text;

namespace Kindred.Reports.Html;

/// <summary>An HTML table. The first column names the rows; the others hold numbers, except a last column of notes.</summary>
/// <param name="Caption">The caption.</param>
/// <param name="Headers">One header per column.</param>
public sealed record HtmlTable(string Caption, IReadOnlyList<string> Headers)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Left-aligns the last column as text.</summary>
    public bool EndsInNote { get; init; }

    /// <summary>Adds a row: its name and its formatted numbers.</summary>
    public HtmlTable Add(params string[] cells)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cells.Length, Headers.Count);
        _rows.Add(cells);
        return this;
    }

    /// <summary>The table as HTML.</summary>
    public string Render()
    {
        var html = new StringBuilder("<div class=\"scroll\">").Append(EndsInNote ? "<table class=\"note\">\n" : "<table>\n");
        html.Append("<caption>").Append(Markup.Escape(Caption)).Append("</caption>\n<thead><tr>");
        foreach (var header in Headers) html.Append("<th scope=\"col\">").Append(Markup.Escape(header)).Append("</th>");
        html.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in _rows)
        {
            html.Append("<tr><th scope=\"row\">").Append(Markup.Escape(row[0])).Append("</th>");
            foreach (var cell in row.Skip(1)) html.Append("<td>").Append(Markup.Escape(cell)).Append("</td>");
            html.Append("</tr>\n");
        }

        return html.Append("</tbody>\n</table></div>\n").ToString();
    }
}
