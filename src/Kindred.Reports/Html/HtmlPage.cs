using System.Text;

namespace Kindred.Reports.Html;

/// <summary>A self-contained HTML page: no scripts, fonts or images from elsewhere.</summary>
/// <param name="title">Its title.</param>
public sealed class HtmlPage(string title)
{
    private readonly StringBuilder _body = new();
    private bool _inSection;

    /// <summary>Starts a section. Everything added next belongs to it.</summary>
    public HtmlPage Section(string heading)
    {
        EndSection();
        _inSection = true;
        _body.Append("<section>\n<h2>").Append(Markup.Escape(heading)).Append("</h2>\n");
        return this;
    }

    /// <summary>A paragraph of text.</summary>
    public HtmlPage Paragraph(string text, string style = "")
    {
        _body.Append(style.Length == 0 ? "<p>" : $"<p class=\"{style}\">").Append(Markup.Escape(text)).Append("</p>\n");
        return this;
    }

    /// <summary>Adds a few highlighted numbers with their meanings.</summary>
    public HtmlPage KeyFigures(IEnumerable<(string Value, string Meaning)> figures)
    {
        _body.Append("<dl class=\"key\">\n");
        foreach (var (value, meaning) in figures)
        {
            _body.Append("<div><dt>").Append(Markup.Escape(meaning)).Append("</dt><dd>").Append(Markup.Escape(value))
                .Append("</dd></div>\n");
        }

        _body.Append("</dl>\n");
        return this;
    }

    /// <summary>Adds terms and their definitions.</summary>
    public HtmlPage Definitions(IEnumerable<(string Term, string Meaning)> definitions)
    {
        _body.Append("<dl>\n");
        foreach (var (term, meaning) in definitions)
        {
            _body.Append("<dt>").Append(Markup.Escape(term)).Append("</dt><dd>").Append(Markup.Escape(meaning)).Append("</dd>\n");
        }

        _body.Append("</dl>\n");
        return this;
    }

    /// <summary>Adds a figure with a caption.</summary>
    /// <param name="caption">The caption.</param>
    /// <param name="svg">Rendered SVG, with escaped texts.</param>
    public HtmlPage Figure(string caption, string svg)
    {
        _body.Append("<figure>\n<figcaption>").Append(Markup.Escape(caption)).Append("</figcaption>\n").Append(svg).Append("</figure>\n");
        return this;
    }

    /// <summary>A table.</summary>
    public HtmlPage Table(HtmlTable table)
    {
        _body.Append(table.Render());
        return this;
    }

    /// <summary>Adds command lines with an explanation.</summary>
    public HtmlPage Command(string explanation, string commandLine)
    {
        _body.Append("<p>").Append(Markup.Escape(explanation)).Append("</p>\n<pre><code>").Append(Markup.Escape(commandLine))
            .Append("</code></pre>\n");
        return this;
    }

    /// <summary>Renders the page.</summary>
    public string Render()
    {
        EndSection();
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light " +
                "dark\">\n"
            // Forbids all requests, in case markup ever gets past the escaping.
            + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
            + $"<title>{Markup.Escape(title)}</title>\n<style>\n{PageStyle.Css}</style>\n</head>\n<body>\n<main>\n"
            + $"<h1>{Markup.Escape(title)}</h1>\n{_body}</main>\n</body>\n</html>\n";
    }

    private void EndSection()
    {
        if (_inSection) _body.Append("</section>\n");
        _inSection = false;
    }
}
