using System.Globalization;
using System.Text;
using Kindred.Reports.Html;

namespace Kindred.Reports.Charts;

/// <summary>An SVG drawing of the shapes that charts need. Colours are classes of the page, for light and dark mode.</summary>
/// <param name="width">The width in drawing units; the page scales it.</param>
/// <param name="height">The height in drawing units.</param>
/// <param name="description">The text alternative for screen readers.</param>
/// <param name="style">The class that shows it in wide or in narrow windows only; empty for all.</param>
internal sealed class SvgCanvas(double width, double height, string description, string style = "")
{
    private const double TitleLine = 18;

    private readonly StringBuilder _shapes = new();

    public void Line(double x1, double y1, double x2, double y2, string style) => _shapes.Append(
        CultureInfo.InvariantCulture, $"<line class=\"{style}\" x1=\"{x1:F1}\" y1=\"{y1:F1}\" x2=\"{x2:F1}\" y2=\"{y2:F1}\"/>\n");

    public void Rectangle(double x, double y, double boxWidth, double boxHeight, string style, string? tip = null)
    {
        _shapes.Append(CultureInfo.InvariantCulture,
            $"<rect class=\"{style}\" x=\"{x:F1}\" y=\"{y:F1}\" width=\"{Math.Max(0, boxWidth):F1}\" height=\"{boxHeight:F1}\" rx=\"2\"");
        Close("rect", tip);
    }

    /// <summary>A drawing for wide windows and one for narrow windows, where the first would be too small to read.</summary>
    /// <param name="draw">Draws with a width and a class.</param>
    public static string ForEveryWindow(Func<double, string, SvgCanvas> draw) =>
        $"{draw(DesignTokens.FigureWidth, "wide")}{draw(DesignTokens.NarrowWidth, "narrow")}";

    /// <summary>Draws a name; one that does not fit is cut and has a tooltip.</summary>
    public void Name(double x, double y, string name, double room, string style)
    {
        var shown = TextWidth.Fitting(name, room);
        Text(x, y, shown, style, tip: shown == name ? null : name);
    }

    /// <summary>Draws the title of a horizontal axis, in as many lines as needed.</summary>
    public void Title(double middle, double y, string title, double room)
    {
        foreach (var line in TextWidth.Lines(title, room))
        {
            Text(middle, y, line, "tick middle");
            y += TitleLine;
        }
    }

    /// <summary>The height that further lines of a title add.</summary>
    public static double TitleGrowth(string title, double room) => TitleLine * (TextWidth.Lines(title, room).Count - 1);

    public void Text(double x, double y, string text, string style, double turn = 0, string? tip = null)
    {
        var title = tip is null ? "" : $"<title>{Markup.Escape(tip)}</title>";
        var transform = turn == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" transform=\"rotate({turn:F0} {x:F1} {y:F1})\"");
        _shapes.Append(CultureInfo.InvariantCulture,
            $"<text class=\"{style}\" x=\"{x:F1}\" y=\"{y:F1}\"{transform}>{title}{Markup.Escape(text)}</text>\n");
    }

    public void Polyline(IEnumerable<(double X, double Y)> points, string style) =>
        _shapes.Append(CultureInfo.InvariantCulture, $"<polyline class=\"{style}\" points=\"{Places(points)}\"/>\n");

    public void Polygon(IEnumerable<(double X, double Y)> points, string style, string? tip = null)
    {
        _shapes.Append(CultureInfo.InvariantCulture, $"<polygon class=\"{style}\" points=\"{Places(points)}\"");
        Close("polygon", tip);
    }

    public void Circle(double x, double y, double radius, string style, string? tip = null)
    {
        _shapes.Append(CultureInfo.InvariantCulture, $"<circle class=\"{style}\" cx=\"{x:F1}\" cy=\"{y:F1}\" r=\"{radius:F1}\"");
        Close("circle", tip);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"<svg{(style.Length == 0 ? "" : $" class=\"{style}\"")} " +
        $"xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:F0} {height:F0}\" " +
        $"role=\"img\" aria-label=\"{Markup.Escape(description)}\">\n{_shapes}</svg>\n");

    private static string Places(IEnumerable<(double X, double Y)> points) =>
        string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:F1},{point.Y:F1}")));

    // A title inside a shape is a tooltip without a script.
    private void Close(string shape, string? tip) =>
        _shapes.Append(tip is null ? "/>\n" : $"><title>{Markup.Escape(tip)}</title></{shape}>\n");
}
