namespace Kindred.Reports.Charts;

/// <summary>The styles of chart series: each has its own colour, shape and dash, so that no series is told apart by colour alone.</summary>
internal static class Mark
{
    /// <summary>The number of distinguishable styles.</summary>
    public const int Kinds = DesignTokens.SeriesStyles;

    /// <summary>The height of a row of a legend.</summary>
    private const double LegendRow = 22;

    private const double LegendMark = 36;

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
            default:
                canvas.Polygon([(x - 1.75, y - 7.5), (x + 1.75, y - 7.5), (x + 1.75, y + 7.5), (x - 1.75, y + 7.5)], style,
                tip); break;
        }
    }

    /// <summary>Draws a legend in as many rows as needed.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="entries">The series and their names.</param>
    /// <param name="left">The left edge of rows.</param>
    /// <param name="right">The right limit of rows.</param>
    /// <param name="top">The middle of the first row; rows are <see cref="LegendRow"/> apart.</param>
    /// <param name="lines">True if a series is a line with marks.</param>
    public static void Legend(SvgCanvas canvas, IReadOnlyList<(int Series, string Name)> entries, double left, double right, double top,
        bool lines)
    {
        foreach (var ((series, name), (x, row)) in entries.Zip(LegendPlaces(entries.Select(entry => entry.Name), right - left)))
        {
            var y = top + (row * LegendRow);
            if (lines) canvas.Line(left + x, y, left + x + 30, y, Stroke(series));
            Draw(canvas, series, left + x + 15, y);
            canvas.Name(left + x + LegendMark, y + 4.5, name, right - left - LegendMark, "label");
        }
    }

    /// <summary>The height that a legend's further rows add to a chart.</summary>
    public static double LegendGrowth(IEnumerable<string> names, double width) =>
        LegendRow * LegendPlaces(names, width).Max(place => place.Row);

    /// <summary>The position of each legend entry.</summary>
    private static List<(double X, int Row)> LegendPlaces(IEnumerable<string> names, double width)
    {
        var places = new List<(double X, int Row)>();
        var (x, row) = (0.0, 0);
        foreach (var name in names)
        {
            var wide = LegendMark + TextWidth.Of(name);
            if (x > 0 && x + wide > width) (x, row) = (0, row + 1);
            places.Add((x, row));
            x += wide + 24;
        }

        return places;
    }
}
