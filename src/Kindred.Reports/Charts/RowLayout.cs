namespace Kindred.Reports.Charts;

/// <summary>The places of names, plot and values in a chart of rows. Names are left of the plot, or above each row where that is
/// narrow.</summary>
internal sealed class RowLayout
{
    private const double LongestName = 250;
    private const double NameGap = 12;
    private const double NameLine = 18;

    // Room for half of the label of a tick at an end of the axis.
    private const double TickRoom = 24;

    private readonly bool _namesAbove;

    /// <summary>Finds the places.</summary>
    /// <param name="width">The width of the drawing.</param>
    /// <param name="names">The names of the rows.</param>
    /// <param name="values">The texts right of the plot; empty for none.</param>
    public RowLayout(double width, IEnumerable<string> names, IEnumerable<string> values)
    {
        Width = width;
        _namesAbove = width < DesignTokens.FigureWidth;
        var name = _namesAbove ? 0 : Math.Min(LongestName, names.Select(TextWidth.Of).DefaultIfEmpty().Max()) + NameGap;
        Left = Math.Max(TickRoom, name);
        Right = width - Math.Max(TickRoom, values.Select(TextWidth.Of).DefaultIfEmpty().Max() + NameGap);
    }

    /// <summary>The width of the drawing.</summary>
    public double Width { get; }

    /// <summary>The start of the plot.</summary>
    public double Left { get; }

    /// <summary>The end of the plot.</summary>
    public double Right { get; }

    /// <summary>The height that a row needs beyond its plot.</summary>
    public double NameHeight => _namesAbove ? NameLine : 0;

    /// <summary>The place of a value.</summary>
    public double X(Axis axis, double value) => Left + (axis.Place(value) * (Right - Left));

    /// <summary>Draws the name of a row.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="name">The name.</param>
    /// <param name="y">The middle of the row's plot.</param>
    /// <param name="height">The height of the row's plot.</param>
    public void Name(SvgCanvas canvas, string name, double y, double height)
    {
        if (_namesAbove) canvas.Name(0, y - (height / 2) - 4, name, Width, "label");
        else canvas.Name(Left - NameGap, y + 4.5, name, LongestName, "label end");
    }

    /// <summary>Draws the axis below the rows: grid, ticks and title.</summary>
    public void DrawAxis(SvgCanvas canvas, Axis axis, double top, double bottom, Func<double, string> format, string title)
    {
        foreach (var tick in axis.Ticks) canvas.Line(X(axis, tick), top, X(axis, tick), bottom, tick == 0 ? "axis" : "grid");
        foreach (var tick in axis.Labelled(format, Right - Left)) canvas.Text(X(axis, tick), bottom + 18, format(tick), "tick middle");
        canvas.Title(Width / 2, bottom + 40, title, Width);
    }

    /// <summary>The height of the axis below the rows.</summary>
    public double AxisHeight(string title) => 48 + SvgCanvas.TitleGrowth(title, Width);
}
