namespace Kindred.Cli.Reports;

/// <summary>How the series of a chart look: each has a colour, a shape and a dash of its own, so that colour is never needed to tell them apart.</summary>
internal static class Mark
{
    /// <summary>How many series can be told apart.</summary>
    public const int Kinds = 5;

    /// <summary>The class of a filled shape of a series.</summary>
    public static string Fill(int series) => $"f{series % Kinds}";

    /// <summary>The class of a line of a series.</summary>
    public static string Stroke(int series) => $"l{series % Kinds}";

    /// <summary>The class of a band around the line of a series.</summary>
    public static string Band(int series) => $"b{series % Kinds}";

    /// <summary>Draws the shape of a series.</summary>
    public static void Draw(SvgCanvas canvas, int series, double x, double y, string? tip = null)
    {
        var style = "mark " + Fill(series);
        switch (series % Kinds)
        {
            case 0: canvas.Circle(x, y, 5, style, tip); break;
            case 1: canvas.Polygon([(x, y - 6), (x + 5.5, y + 4.5), (x - 5.5, y + 4.5)], style, tip); break;
            case 2: canvas.Polygon([(x - 4.5, y - 4.5), (x + 4.5, y - 4.5), (x + 4.5, y + 4.5), (x - 4.5, y + 4.5)], style, tip); break;
            case 3: canvas.Polygon([(x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y)], style, tip); break;
            default: canvas.Polygon([(x - 1.75, y - 7.5), (x + 1.75, y - 7.5), (x + 1.75, y + 7.5), (x - 1.75, y + 7.5)], style, tip); break;
        }
    }

    /// <summary>Draws a legend in one row: each name beside its shape.</summary>
    public static void Legend(SvgCanvas canvas, IEnumerable<(int Series, string Name)> entries, double x, double y, bool lines)
    {
        foreach (var (series, name) in entries)
        {
            if (lines) canvas.Line(x, y, x + 30, y, Stroke(series));
            Draw(canvas, series, x + 15, y);
            var text = SvgCanvas.Fitting(name);
            canvas.Text(x + 36, y + 4.5, text, "label");
            // Letters of the page's font are some 7 units wide.
            x += 36 + (7 * text.Length) + 24;
        }
    }
}
