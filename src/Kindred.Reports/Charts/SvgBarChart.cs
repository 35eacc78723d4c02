namespace Kindred.Reports.Charts;

/// <summary>A chart of horizontal bars in groups, each with its value and error.</summary>
/// <param name="Description">The text alternative for screen readers.</param>
/// <param name="AxisTitle">The title of the value axis.</param>
/// <param name="Groups">The groups, from the top down.</param>
internal sealed record SvgBarChart(string Description, string AxisTitle, IReadOnlyList<BarGroup> Groups)
{
    private const double BarHeight = 20;
    private const double Gap = 16;

    // From the middle of one row to the next, without a name above.
    private const double RowHeight = BarHeight + 4;

    /// <summary>Renders the chart as SVG.</summary>
    public string Render() => SvgCanvas.ForEveryWindow(Draw);

    /// <summary>Draws the chart.</summary>
    public SvgCanvas Draw(double width, string style)
    {
        Bar[] bars = [.. Groups.SelectMany(group => group.Bars)];
        var layout = new RowLayout(width, bars.Select(bar => bar.Name), bars.Select(bar => Figure.WithError(bar.Value)));
        var axis = Axis.FromZero(bars.Max(bar => bar.Value.Mean + Error(bar)));
        var bottom = Gap + Groups.Sum(group => GroupHeight(group, layout) + Gap);
        var canvas = new SvgCanvas(width, bottom + layout.AxisHeight(AxisTitle), Description, style);
        layout.DrawAxis(canvas, axis, Gap / 2, bottom, Figure.Tick, AxisTitle);

        var y = Gap;
        foreach (var group in Groups)
        {
            // A single group needs no heading: only its bars are named.
            if (group.Name.Length > 0) canvas.Name(0, y + 14, group.Name, width, "label strong");
            if (group.Name.Length > 0) y += BarHeight;
            foreach (var bar in group.Bars)
            {
                y += layout.NameHeight;
                DrawBar(canvas, layout, bar, axis, y);
                y += RowHeight;
            }

            y += Gap;
        }

        return canvas;
    }

    private static double Error(Bar bar) => double.IsFinite(bar.Value.StandardError) ? bar.Value.StandardError : 0;

    private static double GroupHeight(BarGroup group, RowLayout layout) =>
        (group.Bars.Count * (RowHeight + layout.NameHeight)) + (group.Name.Length > 0 ? BarHeight : 0);

    private static void DrawBar(SvgCanvas canvas, RowLayout layout, Bar bar, Axis axis, double y)
    {
        var (end, middle) = (layout.X(axis, bar.Value.Mean), y + (BarHeight / 2));
        layout.Name(canvas, bar.Name, middle, BarHeight);
        canvas.Rectangle(layout.Left, y, end - layout.Left, BarHeight, Mark.Fill(bar.Series), $"{bar.Name}: {Figure.WithError(bar.Value)}");
        var (low, high) = (layout.X(axis, Math.Max(0, bar.Value.Mean - Error(bar))), layout.X(axis, bar.Value.Mean + Error(bar)));
        if (Error(bar) > 0)
        {
            canvas.Line(low, middle, high, middle, "error");
            canvas.Line(low, middle - 4, low, middle + 4, "error");
            canvas.Line(high, middle - 4, high, middle + 4, "error");
        }

        canvas.Text(high + 8, middle + 4.5, Figure.WithError(bar.Value), "label");
    }
}
