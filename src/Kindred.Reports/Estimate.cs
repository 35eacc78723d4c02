
namespace Kindred.Reports;

/// <summary>A mean over seed lists.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="StandardError">Its standard error; NaN where a single list gives none.</param>
public readonly record struct Estimate(double Mean, double StandardError)
{
    /// <summary>The mean of some values and its standard error, s/√n.</summary>
    public static Estimate Of(IReadOnlyCollection<double> values)
    {
        var mean = values.Average();
        var squares = values.Sum(value => (value - mean) * (value - mean));
        return new Estimate(mean, values.Count < 2 ? double.NaN : Math.Sqrt(squares / (values.Count - 1) / values.Count));
    }
}
