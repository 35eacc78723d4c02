namespace Kindred.Reports.Charts;

/// <summary>A line chart with marks, over a linear or logarithmic x axis, with bands for points with errors. The y axis starts at 0
/// unless <see cref="Range"/> is set.</summary>
/// <param name="Description">The text alternative for screen readers.</param>
/// <param name="XTitle">The title of the x axis.</param>
/// <param name="YTitle">The title of the y axis.</param>
/// <param name="Series">At least one, each with at least one point.</param>
internal sealed record SvgLineChart(string Description, string XTitle, string YTitle, IReadOnlyList<ChartSeries> Series)
{
    private const double LegendTop = 16;

    // The height of the plot, and the space beside it.
    private const double WidePlot = 276;
    private const double NarrowPlot = 190;
    private const double EdgeRoom = 20;

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

    /// <summary>The largest value of the y axis, so that several charts have the same; null for the highest band.</summary>
    public double? Highest { get; init; }

    /// <summary>An x value to mark with its text; null for none.</summary>
    public (double X, string Text)? Choice { get; init; }

    /// <summary>Renders the chart as SVG.</summary>
    public string Render() => SvgCanvas.ForEveryWindow(Draw);

    /// <summary>Renders the chart as one of several side by side.</summary>
    public string RenderSmall() => Draw(DesignTokens.NarrowWidth, "").ToString();

    /// <summary>Draws the chart.</summary>
    public SvgCanvas Draw(double width, string style)
    {
        var points = Series.SelectMany(series => series.Points).ToArray();
        var y = Range is var (low, high) ? Axis.Around(low, high) : Axis.FromZero(Highest ?? points.Max(point => point.High));
        var left = EdgeRoom + 10 + y.Ticks.Max(tick => TextWidth.Of(YFormat(tick)));
        // A narrow drawing has no space to indent its legend.
        var legendLeft = width < DesignTokens.FigureWidth ? EdgeRoom : left;
        var top = 44 + Mark.LegendGrowth(Series.Select(series => series.Name), width - EdgeRoom - legendLeft);
        var plot = new Plot(left, width - EdgeRoom, top, top + (width < DesignTokens.FigureWidth ? NarrowPlot : WidePlot),
            XAxis([.. points.Select(point => point.X)]), y);
        var canvas = new SvgCanvas(width, plot.Bottom + 60 + SvgCanvas.TitleGrowth(XTitle, width), Description, style);
        DrawAxes(canvas, plot, width);
        if (Choice is var (place, text)) DrawChoice(canvas, plot, place, text);
        foreach (var series in Series) DrawBand(canvas, series, plot);
        foreach (var series in Series.Reverse()) DrawSeries(canvas, series, plot);
        Mark.Legend(canvas, [.. Series.Select(series => (series.Style, series.Name))], legendLeft, width - EdgeRoom, LegendTop,
            lines: Series.All(series => series.Joined));
        return canvas;
    }

    private static void DrawBand(SvgCanvas canvas, ChartSeries series, Plot plot)
    {
        if (series.Points.All(point => point.High == point.Low)) return;
        var upper = series.Points.Select(point => (plot.PlaceX(point.X), plot.PlaceY(point.High)));
        var lower = series.Points.Reverse().Select(point => (plot.PlaceX(point.X), plot.PlaceY(point.Low)));
        canvas.Polygon(upper.Concat(lower), Mark.Band(series.Style));
    }

    private static void DrawSeries(SvgCanvas canvas, ChartSeries series, Plot plot)
    {
        var line = series.Points.Select(point => (plot.PlaceX(point.X), plot.PlaceY(point.Y)));
        if (series.Joined) canvas.Polyline(line, Mark.Stroke(series.Style));
        foreach (var point in series.Points.Where(point => point.Tip.Length > 0 || !series.Joined))
        {
            Mark.Draw(canvas, series.Style, plot.PlaceX(point.X), plot.PlaceY(point.Y), point.Tip);
        }
    }

    /// <summary>A vertical line with its text on the side that has more room.</summary>
    private static void DrawChoice(SvgCanvas canvas, Plot plot, double place, string text)
    {
        var x = plot.PlaceX(place);
        canvas.Line(x, plot.Top, x, plot.Bottom, "choice");
        var onRight = x < (plot.Left + plot.Right) / 2;
        canvas.Text(onRight ? x + 6 : x - 6, plot.Top + 12, text, onRight ? "label" : "label end");
    }

    private Axis XAxis(double[] values)
    {
        var axis = LogX ? Axis.Logarithmic(values.Min(), values.Max()) : Axis.FromZero(values.Max());
        return XTicks is null ? axis : axis.WithTicks(XTicks);
    }

    private void DrawAxes(SvgCanvas canvas, Plot plot, double width)
    {
        foreach (var tick in plot.Y.Ticks)
        {
            canvas.Line(plot.Left, plot.PlaceY(tick), plot.Right, plot.PlaceY(tick), tick == 0 ? "axis" : "grid");
            canvas.Text(plot.Left - 8, plot.PlaceY(tick) + 4.5, YFormat(tick), "tick end");
        }

        foreach (var tick in plot.X.Ticks) canvas.Line(plot.PlaceX(tick), plot.Bottom, plot.PlaceX(tick), plot.Bottom + 5, "axis");
        foreach (var tick in plot.X.Labelled(XFormat, plot.Length))
        {
            canvas.Text(plot.PlaceX(tick), plot.Bottom + 20, XFormat(tick), "tick middle");
        }

        canvas.Title(width / 2, plot.Bottom + 46, XTitle, width);
        canvas.Text(14, (plot.Top + plot.Bottom) / 2, YTitle, "tick middle", turn: -90);
    }

    /// <summary>The plot's place in the drawing, with its axes.</summary>
    private sealed record Plot(double Left, double Right, double Top, double Bottom, Axis X, Axis Y)
    {
        // Marks at the ends of the x axis stay inside.
        private const double Inset = 12;

        public double Length => Right - Left - (2 * Inset);

        public double PlaceX(double value) => Left + Inset + (X.Place(value) * Length);

        public double PlaceY(double value) => Bottom - (Math.Clamp(Y.Place(value), 0, 1) * (Bottom - Top));
    }
}
