namespace Kindred.Reports.Charts;

/// <summary>A Cleveland dot plot: one row per item with several marks, to compare a few values of many items.</summary>
/// <param name="Description">The text alternative for screen readers.</param>
/// <param name="AxisTitle">The title of the value axis.</param>
/// <param name="Marks">The names of the marks, each with its own colour and shape.</param>
/// <param name="Rows">The rows from the top down, each with one value per mark.</param>
internal sealed record SvgDotPlot(string Description, string AxisTitle, IReadOnlyList<string> Marks, IReadOnlyList<DotRow> Rows)
{
    private const double Width = DesignTokens.FigureWidth;
    private const double Left = 150;
    private const double Right = 735;
    private const double RowHeight = DesignTokens.RowHeight;

    private double Top => 40 + Mark.LegendGrowth(Marks, Width);

    /// <summary>Renders the chart as SVG.</summary>
    public string Render()
    {
        var axis = Axis.FromZero(Rows.Max(row => row.Values.Max()));
        var bottom = Top + (Rows.Count * RowHeight);
        var canvas = new SvgCanvas(Width, bottom + 48, Description);
        foreach (var tick in axis.Ticks)
        {
            canvas.Line(X(axis, tick), Top, X(axis, tick), bottom, tick == 0 ? "axis" : "grid");
            canvas.Text(X(axis, tick), bottom + 18, Figure.Tick(tick), "tick middle");
        }

        for (var i = 0; i < Rows.Count; i++) DrawRow(canvas, axis, Rows[i], Top + ((i + 0.5) * RowHeight));
        canvas.Text((Left + Right) / 2, bottom + 40, AxisTitle, "tick middle");
        Mark.Legend(canvas, [.. Marks.Select((name, i) => (i, name))], 0, Width, 16, lines: false);
        return canvas.ToString();
    }

    private static double X(Axis axis, double value) => Left + (axis.Place(value) * (Right - Left));

    private void DrawRow(SvgCanvas canvas, Axis axis, DotRow row, double y)
    {
        canvas.Text(Left - 12, y + 4.5, SvgCanvas.Fitting(row.Name), "label end");
        canvas.Line(X(axis, row.Values.Min()), y, X(axis, row.Values.Max()), y, "span");
        // The first mark matters most, so it is drawn last, on top.
        for (var i = row.Values.Count - 1; i >= 0; i--)
        {
            Mark.Draw(canvas, i, X(axis, row.Values[i]), y, $"{row.Name}, {Marks[i]}: {Figure.Fixed(row.Values[i], 3)}");
        }
    }
}

/// <summary>A row of a dot plot.</summary>
/// <param name="Name">Its label.</param>
/// <param name="Values">One value per mark.</param>
internal sealed record DotRow(string Name, IReadOnlyList<double> Values);
