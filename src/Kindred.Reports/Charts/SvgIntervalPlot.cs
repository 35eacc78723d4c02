namespace Kindred.Reports.Charts;

/// <summary>An interval plot: one row per item with its value as a mark and its error as a line, around zero, in groups with
/// headings.</summary>
/// <remarks>Values far below the others would squeeze the rest, so they become an arrow at the left edge with their number.</remarks>
/// <param name="Description">The text alternative for screen readers.</param>
/// <param name="AxisTitle">The title of the value axis; values are shares, shown in percent.</param>
/// <param name="Groups">The groups, from the top down.</param>
internal sealed record SvgIntervalPlot(string Description, string AxisTitle, IReadOnlyList<IntervalGroup> Groups)
{
    private const double RowHeight = DesignTokens.RowHeight;
    private const double Gap = 14;

    // The least lower end of the axis, if any value lies there.
    private const double Depth = 0.3;

    private const double RayRoom = 1.2;

    /// <summary>The upper limit of the axis if a few rows reach much further than the others; null for no limit.</summary>
    public (double Low, double High)? Range { get; init; }

    /// <summary>Renders the chart as SVG.</summary>
    public string Render() => SvgCanvas.ForEveryWindow(Draw);

    /// <summary>Draws the chart.</summary>
    public SvgCanvas Draw(double width, string style)
    {
        Interval[] rows = [.. Groups.SelectMany(group => group.Rows)];
        var layout = new RowLayout(width, rows.Select(row => row.Name), rows.Select(row => row.Text));
        var axis = AxisOf([.. rows.Where(row => double.IsFinite(row.Value))]);
        var bottom = Gap + Groups.Sum(group => (group.Rows.Count * (RowHeight + layout.NameHeight)) + RowHeight + Gap);
        var canvas = new SvgCanvas(width, bottom + layout.AxisHeight(AxisTitle), Description, style);
        layout.DrawAxis(canvas, axis, Gap / 2, bottom,
            tick => (tick > 0 ? "+" : "") + Figure.Fixed(100 * tick, 0) + "%", AxisTitle);

        var y = Gap;
        foreach (var group in Groups)
        {
            canvas.Name(0, y + 14, group.Name, width, "label strong");
            y += RowHeight;
            foreach (var row in group.Rows)
            {
                y += layout.NameHeight;
                Draw(canvas, layout, axis, row, y + (RowHeight / 2));
                y += RowHeight;
            }

            y += Gap;
        }

        return canvas;
    }

    private Axis AxisOf(Interval[] rows)
    {
        if (rows.Length == 0) return Axis.Around(-0.01, 0.01);
        double most = Math.Max(0.01, rows.Max(row => Finite(row.High, row.Value))), least =
            Math.Min(0, rows.Min(row => Finite(row.Low, row.Value)));
        Interval[] rays = [.. rows.Where(row => row.Gap is not null)];
        // Beyond a gap there is room for its rays.
        if (rays.Length > 0)
        {
            (least, most) =
                (Math.Min(least, rays.Min(row => RayRoom * row.Gap!.Value.Low)),
                    Math.Max(most, rays.Max(row => RayRoom * row.Gap!.Value.High)));
        }

        if (Range is var (low, high)) (least, most) = (Math.Max(least, low), Math.Min(most, high));
        return Axis.Around(rays.Length > 0 ? least : Math.Max(least, -Math.Max(Depth, most)), most);
    }

    private static double Finite(double end, double value) => double.IsFinite(end) ? end : value;

    private static void Draw(SvgCanvas canvas, RowLayout layout, Axis axis, Interval row, double y)
    {
        var (left, right) = (layout.Left, layout.Right);
        layout.Name(canvas, row.Name, y, RowHeight / 2);
        canvas.Text(right + 12, y + 4.5, row.Text, "label");
        if (!double.IsFinite(row.Value)) return;
        var place = axis.Place(row.Value);
        if (place is >= 0 and <= 1 || double.IsInfinity(row.Low) || double.IsInfinity(row.High)) DrawLine(canvas, layout, axis, row, y);
        if (place < 0)
        {
            canvas.Polygon([(left, y), (left + 11, y - 6), (left + 11, y + 6)], "mark " + Mark.Fill(2), $"{row.Name}: {row.Text}");
            return;
        }

        if (place > 1)
        {
            canvas.Polygon([(right, y), (right - 11, y - 6), (right - 11, y + 6)], "mark " + Mark.Fill(2), $"{row.Name}: {row.Text}");
            return;
        }

        // Gains and losses differ in shape as well as colour.
        Mark.Draw(canvas, row.Value >= 0 ? 0 : 1, layout.X(axis, row.Value), y, $"{row.Name}: {row.Text}");
    }

    /// <summary>Draws the line of an interval, or the two rays around a gap; an end that reaches to infinity is an arrow at the
    /// edge.</summary>
    private static void DrawLine(SvgCanvas canvas, RowLayout layout, Axis axis, Interval row, double y)
    {
        var (low, high) = (Math.Max(layout.Left, layout.X(axis, row.Low)), Math.Min(layout.Right, layout.X(axis, row.High)));
        if (row.Gap is var (from, to))
        {
            if (layout.X(axis, from) > low) canvas.Line(low, y, layout.X(axis, from), y, "error");
            if (layout.X(axis, to) < high) canvas.Line(layout.X(axis, to), y, high, y, "error");
        }
        else if (high > low)
        {
            canvas.Line(low, y, high, y, "error");
        }

        if (double.IsNegativeInfinity(row.Low)) Arrow(canvas, layout.Left, 1, y);
        if (double.IsPositiveInfinity(row.High)) Arrow(canvas, layout.Right, -1, y);
    }

    private static void Arrow(SvgCanvas canvas, double tip, int back, double y)
    {
        canvas.Line(tip, y, tip + (6 * back), y - 4, "error");
        canvas.Line(tip, y, tip + (6 * back), y + 4, "error");
    }
}

/// <summary>A group of rows.</summary>
/// <param name="Name">The group's heading.</param>
/// <param name="Rows">The rows, from the top down.</param>
internal sealed record IntervalGroup(string Name, IReadOnlyList<Interval> Rows);

/// <summary>One row: a value with its error.</summary>
/// <param name="Name">Its label.</param>
/// <param name="Value">The value; NaN if missing.</param>
/// <param name="StandardError">Its standard error, or NaN.</param>
/// <param name="Text">The formatted value and error.</param>
internal sealed record Interval(string Name, double Value, double StandardError, string Text)
{
    /// <summary>The ends of an asymmetric interval; infinite ends reach to the edge.</summary>
    public (double Low, double High)? Ends { get; init; }

    /// <summary>The values between two rays; null for a line without a gap.</summary>
    public (double Low, double High)? Gap { get; init; }

    /// <summary>The lower end of the line.</summary>
    public double Low => Ends?.Low ?? Value - Reach;

    /// <summary>The upper end of the line.</summary>
    public double High => Ends?.High ?? Value + Reach;

    private double Reach => double.IsFinite(StandardError) ? StandardError : 0;
}
