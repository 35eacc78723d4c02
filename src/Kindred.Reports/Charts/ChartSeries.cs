namespace Kindred.Reports.Charts;

/// <summary>One series of a line chart.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Style">The style index: colour, shape and dash.</param>
/// <param name="Points">Ascending by X.</param>
internal sealed record ChartSeries(string Name, int Style, IReadOnlyList<ChartPoint> Points)
{
    /// <summary>Joins the points by a line.</summary>
    public bool Joined { get; init; } = true;
}

/// <summary>A point of a series.</summary>
/// <param name="X">The x value.</param>
/// <param name="Y">Its value.</param>
/// <param name="Error">Half the height of its band; 0 or NaN for none.</param>
/// <param name="Tip">The tooltip; a joined point without one has no mark.</param>
internal readonly record struct ChartPoint(double X, double Y, double Error, string Tip)
{
    /// <summary>The ends of an asymmetric band.</summary>
    public (double Low, double High)? Band { get; init; }

    /// <summary>Lower end of the band.</summary>
    public double Low => Band?.Low ?? Y - Finite(Error);

    /// <summary>Upper end of the band.</summary>
    public double High => Band?.High ?? Y + Finite(Error);

    private static double Finite(double error) => double.IsFinite(error) ? error : 0;
}
