namespace Kindred.Reports.Charts;

/// <summary>A chart of horizontal bars in groups, each with its value and error.</summary>
/// <param name="Description">The text alternative for screen readers.</param>
/// <param name="AxisTitle">The title of the value axis.</param>
/// <param name="Groups">The groups, from the top down.</param>
internal sealed record SvgBarChart(string Description, string AxisTitle, IReadOnlyList<BarGroup> Groups)
{
    private const double Width = DesignTokens.FigureWidth;
    private const double Left = 150;
    private const double Right = 130;
    private const double BarHeight = 20;
    private const double Gap = 16;

    /// <summary>Renders the chart as SVG.</summary>
    public string Render()
    {
        var bars = Groups.SelectMany(group => group.Bars).ToArray();
        var axis = Axis.FromZero(bars.Max(bar => bar.Value.Mean + Error(bar)));
        var bottom = Gap + Groups.Sum(group => GroupHeight(group) + Gap);
        var canvas = new SvgCanvas(Width, bottom + 48, Description);
        DrawAxis(canvas, axis, bottom);

        var y = Gap;
        foreach (var group in Groups)
        {
            // A single group needs no heading: only its bars are named.
            if (group.Name.Length > 0) canvas.Text(0, y + 14, group.Name, "label strong");
            if (group.Name.Length > 0) y += BarHeight;
            foreach (var bar in group.Bars)
            {
                DrawBar(canvas, bar, axis, y);
                y += BarHeight + 4;
            }

            y += Gap;
        }

        return canvas.ToString();
    }

    private static double X(Axis axis, double value) => Left + (axis.Place(value) * (Width - Left - Right));

    private static double Error(Bar bar) => double.IsFinite(bar.Value.StandardError) ? bar.Value.StandardError : 0;

    private static double GroupHeight(BarGroup group) => (group.Bars.Count * (BarHeight + 4)) + (group.Name.Length > 0 ? BarHeight : 0);

    private static void DrawBar(SvgCanvas canvas, Bar bar, Axis axis, double y)
    {
        var (end, middle) = (X(axis, bar.Value.Mean), y + (BarHeight / 2));
        canvas.Text(Left - 10, middle + 4.5, SvgCanvas.Fitting(bar.Name), "label end");
        canvas.Rectangle(Left, y, end - Left, BarHeight, Mark.Fill(bar.Series), $"{bar.Name}: {Figure.WithError(bar.Value)}");
        var (low, high) = (X(axis, Math.Max(0, bar.Value.Mean - Error(bar))), X(axis, bar.Value.Mean + Error(bar)));
        if (Error(bar) > 0)
        {
            canvas.Line(low, middle, high, middle, "error");
            canvas.Line(low, middle - 4, low, middle + 4, "error");
            canvas.Line(high, middle - 4, high, middle + 4, "error");
        }

        canvas.Text(high + 8, middle + 4.5, Figure.WithError(bar.Value), "label");
    }

    private void DrawAxis(SvgCanvas canvas, Axis axis, double bottom)
    {
        foreach (var tick in axis.Ticks)
        {
            canvas.Line(X(axis, tick), Gap / 2, X(axis, tick), bottom, tick == 0 ? "axis" : "grid");
            canvas.Text(X(axis, tick), bottom + 18, Figure.Tick(tick), "tick middle");
        }

        canvas.Text(Left + ((Width - Left - Right) / 2), bottom + 40, AxisTitle, "tick middle");
    }
}
