using System.Globalization;
using System.Text;

namespace Kindred.Reports.Html;

/// <summary>The list of contents of a page.</summary>
internal static class PageContents
{
    /// <summary>More sections of one kind are folded away; a table on the page usually links to each of them.</summary>
    private const int Unfolded = 12;

    /// <summary>Links to all sections; those of one group are a list of their own. Empty without sections.</summary>
    public static string Of(IReadOnlyList<(string Anchor, string Heading, string? Group)> sections)
    {
        if (sections.Count == 0) return "";
        var html = new StringBuilder("<nav aria-label=\"Contents\">\n<ul>\n");
        for (var i = 0; i < sections.Count; i++)
        {
            if (sections[i].Group is not { } group)
            {
                html.Append(Item(sections[i]));
                continue;
            }

            var same = sections.Skip(i).TakeWhile(section => section.Group == group).ToArray();
            html.Append(CultureInfo.InvariantCulture,
                $"<li><details{(same.Length > Unfolded ? "" : " open")}>");
            html.Append(CultureInfo.InvariantCulture,
                $"<summary>{Markup.Escape(group)} ({same.Length})</summary>\n<ul class=\"columns\">\n");
            foreach (var section in same) html.Append(Item(section));
            html.Append("</ul></details></li>\n");
            i += same.Length - 1;
        }

        return html.Append("</ul>\n</nav>\n").ToString();
    }

    private static string Item((string Anchor, string Heading, string? Group) section) =>
        $"<li>{Markup.Link(section.Heading, section.Anchor)}</li>\n";
}
