namespace Kindred.Reports.Charts;

/// <summary>A line chart with marks, over a linear or logarithmic x axis, with bands for points with errors. The y axis starts at 0
/// unless <see cref="Range"/> is set.</summary>
/// <param name="Description">The text alternative for screen readers.</param>
/// <param name="XTitle">The title of the x axis.</param>
/// <param name="YTitle">The title of the y axis.</param>
/// <param name="Series">At least one, each with at least one point.</param>
internal sealed record SvgLineChart(string Description, string XTitle, string YTitle, IReadOnlyList<ChartSeries> Series)
{
    private const double Width = DesignTokens.FigureWidth;
    private const double PlotHeight = 276;
    private const double Left = 70;
    private const double Right = 740;
    private const double LegendTop = 16;

    /// <summary>Makes the x axis logarithmic.</summary>
    public bool LogX { get; init; }

    /// <summary>The tick values of the x axis; null for round numbers.</summary>
    public IReadOnlyList<double>? XTicks { get; init; }

    /// <summary>The format of x axis ticks.</summary>
    public Func<double, string> XFormat { get; init; } = Figure.Tick;

    /// <summary>The ends of the y axis, around 0; values beyond are cut off. Null for 0 to the highest band.</summary>
    public (double Low, double High)? Range { get; init; }

    /// <summary>The format of y axis ticks.</summary>
    public Func<double, string> YFormat { get; init; } = Figure.Tick;

    private double Top => 44 + Mark.LegendGrowth(Series.Select(series => series.Name), Right - Left);

    private double Bottom => Top + PlotHeight;

    /// <summary>Renders the chart as SVG.</summary>
    public string Render()
    {
        var points = Series.SelectMany(series => series.Points).ToArray();
        var x = XAxis([.. points.Select(point => point.X)]);
        var y = Range is var (low, high) ? Axis.Around(low, high) : Axis.FromZero(points.Max(point => point.High));
        var canvas = new SvgCanvas(Width, Bottom + 60, Description);
        DrawAxes(canvas, x, y);
        foreach (var series in Series) DrawBand(canvas, series, x, y);
        foreach (var series in Series.Reverse()) DrawSeries(canvas, series, x, y);
        Mark.Legend(canvas, [.. Series.Select(series => (series.Style, series.Name))], Left, Right, LegendTop,
            lines: Series.All(series => series.Joined));
        return canvas.ToString();
    }

    private static double X(Axis axis, double value) => Left + 12 + (axis.Place(value) * (Right - Left - 24));

    private double Y(Axis axis, double value) => Bottom - (Math.Clamp(axis.Place(value), 0, 1) * (Bottom - Top));

    private void DrawBand(SvgCanvas canvas, ChartSeries series, Axis x, Axis y)
    {
        if (series.Points.All(point => point.High == point.Low)) return;
        var upper = series.Points.Select(point => (X(x, point.X), Y(y, point.High)));
        var lower = series.Points.Reverse().Select(point => (X(x, point.X), Y(y, point.Low)));
        canvas.Polygon(upper.Concat(lower), Mark.Band(series.Style));
    }

    private void DrawSeries(SvgCanvas canvas, ChartSeries series, Axis x, Axis y)
    {
        if (series.Joined) canvas.Polyline(series.Points.Select(point => (X(x, point.X), Y(y, point.Y))), Mark.Stroke(series.Style));
        foreach (var point in series.Points.Where(point => point.Tip.Length > 0 || !series.Joined))
        {
            Mark.Draw(canvas, series.Style, X(x, point.X), Y(y, point.Y), point.Tip);
        }
    }

    private Axis XAxis(double[] values)
    {
        var axis = LogX ? Axis.Logarithmic(values.Min(), values.Max()) : Axis.FromZero(values.Max());
        return XTicks is null ? axis : axis.WithTicks(XTicks);
    }

    private void DrawAxes(SvgCanvas canvas, Axis x, Axis y)
    {
        foreach (var tick in y.Ticks)
        {
            canvas.Line(Left, Y(y, tick), Right, Y(y, tick), tick == 0 ? "axis" : "grid");
            canvas.Text(Left - 8, Y(y, tick) + 4.5, YFormat(tick), "tick end");
        }

        foreach (var tick in x.Ticks)
        {
            canvas.Line(X(x, tick), Bottom, X(x, tick), Bottom + 5, "axis");
            canvas.Text(X(x, tick), Bottom + 20, XFormat(tick), "tick middle");
        }

        canvas.Text((Left + Right) / 2, Bottom + 46, XTitle, "tick middle");
        canvas.Text(18, (Top + Bottom) / 2, YTitle, "tick middle", turn: -90);
    }
}
