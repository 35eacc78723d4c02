using System.Globalization;
using System.Text;

namespace Kindred.Reports.Html;

/// <summary>A self-contained HTML page: no scripts, fonts or images from elsewhere.</summary>
/// <remarks>A page of several sections gets a list of contents. Tables can be sorted and searched, by a script of the page; without it,
/// all content is still there.</remarks>
/// <param name="title">Its title.</param>
public sealed class HtmlPage(string title)
{
    // Fewer sections are seen at a glance.
    private const int FewSections = 3;

    private readonly StringBuilder _intro = new();
    private readonly StringBuilder _body = new();
    private readonly List<(string Anchor, string Heading, string? Group)> _sections = [];
    private readonly Dictionary<string, int> _regions = new(StringComparer.Ordinal);

    private StringBuilder Current => _sections.Count == 0 ? _intro : _body;

    /// <summary>The anchor of the section of a list, for links from tables.</summary>
    /// <param name="index">The place of the list on the page, from 0.</param>
    public static string ListAnchor(int index) => "list-" + (index + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>Starts a section. Everything added next belongs to it.</summary>
    /// <param name="heading">Its heading.</param>
    /// <param name="anchor">The name that links lead to; null for one by its place.</param>
    /// <param name="group">The heading of sections of one kind, such as one per list, in the contents; null for none.</param>
    public HtmlPage Section(string heading, string? anchor = null, string? group = null)
    {
        EndSection();
        anchor ??= "section-" + (_sections.Count + 1).ToString(CultureInfo.InvariantCulture);
        _sections.Add((anchor, heading, group));
        _body.Append(CultureInfo.InvariantCulture, $"<section id=\"{Markup.Escape(anchor)}\">\n<h2>{Markup.Escape(heading)}</h2>\n");
        return this;
    }

    /// <summary>A paragraph of text.</summary>
    public HtmlPage Paragraph(string text, string style = "")
    {
        Current.Append(style.Length == 0 ? "<p>" : $"<p class=\"{style}\">").Append(Markup.Escape(text)).Append("</p>\n");
        return this;
    }

    /// <summary>Adds a state that the reader must know, in a frame.</summary>
    /// <param name="state">The kind of state.</param>
    /// <param name="text">The state in a word or two.</param>
    /// <param name="meaning">The consequence.</param>
    public HtmlPage Notice(NoticeState state, string text, string meaning)
    {
        var (style, sign) = state switch
        {
            NoticeState.Good => ("good", "✓"),
            NoticeState.Warning => ("warning", "!"),
            _ => ("bad", "✗"),
        };
        Current.Append(CultureInfo.InvariantCulture,
            $"<p class=\"notice {style}\"><span class=\"sign\" aria-hidden=\"true\">{sign}</span> ");
        Current.Append(CultureInfo.InvariantCulture, $"<strong>{Markup.Escape(text)}</strong> {Markup.Escape(meaning)}</p>\n");
        return this;
    }

    /// <summary>Adds a few highlighted numbers with their meanings.</summary>
    public HtmlPage KeyFigures(IEnumerable<(string Value, string Meaning)> figures)
    {
        Current.Append("<dl class=\"key\">\n");
        foreach (var (value, meaning) in figures)
        {
            Current.Append("<div><dt>").Append(Markup.Escape(meaning)).Append("</dt><dd>").Append(Markup.Escape(value))
                .Append("</dd></div>\n");
        }

        Current.Append("</dl>\n");
        return this;
    }

    /// <summary>Adds terms and their definitions.</summary>
    public HtmlPage Definitions(IEnumerable<(string Term, string Meaning)> definitions)
    {
        Current.Append("<dl>\n");
        foreach (var (term, meaning) in definitions)
        {
            Current.Append("<dt>").Append(Markup.Escape(term)).Append("</dt><dd>").Append(Markup.Escape(meaning)).Append("</dd>\n");
        }

        Current.Append("</dl>\n");
        return this;
    }

    /// <summary>Adds a figure with a caption.</summary>
    /// <param name="caption">The caption.</param>
    /// <param name="svg">Rendered SVG, with escaped texts.</param>
    public HtmlPage Figure(string caption, string svg)
    {
        AddFigure(Markup.Escape(caption), svg);
        return this;
    }

    /// <summary>Adds small figures side by side, each with a caption that may link to a section.</summary>
    /// <param name="figures">Captions, the anchors that they link to or null, and rendered SVG with escaped texts.</param>
    public HtmlPage Figures(IEnumerable<(string Caption, string? Anchor, string Svg)> figures)
    {
        Current.Append("<div class=\"multiples\">\n");
        foreach (var (caption, anchor, svg) in figures) AddFigure(Markup.Link(caption, anchor), svg);
        Current.Append("</div>\n");
        return this;
    }

    /// <summary>A table.</summary>
    public HtmlPage Table(HtmlTable table)
    {
        Current.Append(table.Render(RegionOf(table.Caption)));
        return this;
    }

    /// <summary>Adds content that opens on request, such as the statistics behind a sentence.</summary>
    /// <param name="summary">The line that opens it.</param>
    /// <param name="content">Adds the content.</param>
    public HtmlPage Details(string summary, Action<HtmlPage> content)
    {
        Current.Append("<details>\n<summary>").Append(Markup.Escape(summary)).Append("</summary>\n");
        content(this);
        Current.Append("</details>\n");
        return this;
    }

    /// <summary>Adds command lines with an explanation.</summary>
    public HtmlPage Command(string explanation, string commandLine)
    {
        Paragraph(explanation).Current.Append("<pre class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"")
            .Append(Markup.Escape(RegionOf("Command"))).Append("\"><code>").Append(Markup.Escape(commandLine)).Append("</code></pre>\n");
        return this;
    }

    /// <summary>Renders the page.</summary>
    public string Render()
    {
        EndSection();
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light " +
                "dark\">\n"
            // Forbids all requests, and all scripts but the page's own, in case markup ever gets past the escaping.
            + "<meta http-equiv=\"Content-Security-Policy\" "
            + $"content=\"default-src 'none'; style-src 'unsafe-inline'; script-src '{PageScript.Hash}'\">\n"
            + $"<title>{Markup.Escape(title)}</title>\n<style>\n{PageStyle.Css}</style>\n</head>\n<body>\n<main>\n"
            + $"<h1>{Markup.Escape(title)}</h1>\n{_intro}{PageContents.Of(_sections.Count > FewSections ? _sections : [])}{_body}</main>\n"
            + $"<script>{PageScript.Text}</script>\n</body>\n</html>\n";
    }

    private void AddFigure(string caption, string svg) =>
        Current.Append("<figure>\n<figcaption>").Append(caption).Append("</figcaption>\n").Append(svg).Append("</figure>\n");

    /// <summary>A name of a region that no other region of the page has.</summary>
    private string RegionOf(string name)
    {
        if (!_regions.ContainsKey(name) || _sections.Count == 0) return Numbered(name);
        return Numbered($"{name} ({_sections[^1].Heading})");
    }

    private string Numbered(string name)
    {
        var count = _regions[name] = _regions.GetValueOrDefault(name) + 1;
        return count == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} {count}");
    }

    private void EndSection()
    {
        if (_sections.Count > 0) _body.Append("</section>\n");
    }
}
