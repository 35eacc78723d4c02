namespace Kindred.Reports.Charts;

/// <summary>A Cleveland dot plot: one row per item with several marks, to compare a few values of many items.</summary>
/// <param name="Description">The text alternative for screen readers.</param>
/// <param name="AxisTitle">The title of the value axis.</param>
/// <param name="Marks">The names of the marks, each with its own colour and shape.</param>
/// <param name="Rows">The rows from the top down, each with one value per mark.</param>
internal sealed record SvgDotPlot(string Description, string AxisTitle, IReadOnlyList<string> Marks, IReadOnlyList<DotRow> Rows)
{
    private const double RowHeight = DesignTokens.RowHeight;

    /// <summary>Renders the chart as SVG.</summary>
    public string Render() => SvgCanvas.ForEveryWindow(Draw);

    /// <summary>Draws the chart.</summary>
    public SvgCanvas Draw(double width, string style)
    {
        var layout = new RowLayout(width, Rows.Select(row => row.Name), []);
        var axis = Axis.FromZero(Rows.Max(row => row.Values.Max()));
        var top = 40 + Mark.LegendGrowth(Marks, width);
        var bottom = top + (Rows.Count * (RowHeight + layout.NameHeight));
        var canvas = new SvgCanvas(width, bottom + layout.AxisHeight(AxisTitle), Description, style);
        layout.DrawAxis(canvas, axis, top, bottom, Figure.Tick, AxisTitle);
        var y = top;
        foreach (var row in Rows)
        {
            y += layout.NameHeight;
            DrawRow(canvas, layout, axis, row, y + (RowHeight / 2));
            y += RowHeight;
        }

        Mark.Legend(canvas, [.. Marks.Select((name, i) => (i, name))], 0, width, 16, lines: false);
        return canvas;
    }

    private void DrawRow(SvgCanvas canvas, RowLayout layout, Axis axis, DotRow row, double y)
    {
        layout.Name(canvas, row.Name, y, RowHeight / 2);
        canvas.Line(layout.X(axis, row.Values.Min()), y, layout.X(axis, row.Values.Max()), y, "span");
        // The first mark matters most, so it is drawn last, on top.
        for (var i = row.Values.Count - 1; i >= 0; i--)
        {
            Mark.Draw(canvas, i, layout.X(axis, row.Values[i]), y, $"{row.Name}, {Marks[i]}: {Figure.Fixed(row.Values[i], 3)}");
        }
    }
}

/// <summary>A row of a dot plot.</summary>
/// <param name="Name">Its label.</param>
/// <param name="Values">One value per mark.</param>
internal sealed record DotRow(string Name, IReadOnlyList<double> Values);
