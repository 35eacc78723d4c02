
namespace Kindred.Reports.Charts;

/// <summary>One series of a line chart.</summary>
/// <param name="Name">What it is called in the legend.</param>
/// <param name="Style">Which colour, shape and dash it has.</param>
/// <param name="Points">Ascending by X.</param>
internal sealed record ChartSeries(string Name, int Style, IReadOnlyList<ChartPoint> Points)
{
    /// <summary>Whether the points are joined; not where each stands for itself.</summary>
    public bool Joined { get; init; } = true;
}

/// <summary>A point of a series.</summary>
/// <param name="X">Its place on the x axis.</param>
/// <param name="Y">Its value.</param>
/// <param name="Error">Half of the height of the band around it; 0 or NaN for none.</param>
/// <param name="Tip">What is shown when the pointer rests on it; a joined point without one has no mark.</param>
internal readonly record struct ChartPoint(double X, double Y, double Error, string Tip)
{
    /// <summary>The ends of the band around it where they are not as far off on both sides.</summary>
    public (double Low, double High)? Band { get; init; }

    /// <summary>Lower end of the band.</summary>
    public double Low => Band?.Low ?? Y - Finite(Error);

    /// <summary>Upper end of the band.</summary>
    public double High => Band?.High ?? Y + Finite(Error);

    private static double Finite(double error) => double.IsFinite(error) ? error : 0;
}
