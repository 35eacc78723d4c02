namespace Kindred.Reports;

/// <summary>A mean over seed lists.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="StandardError">Its standard error; NaN for a single list.</param>
public readonly record struct Estimate(double Mean, double StandardError)
{
    /// <summary>Computes the mean of values and its standard error, s/√n.</summary>
    public static Estimate Of(IReadOnlyCollection<double> values)
    {
        var mean = values.Average();
        var squares = values.Sum(value => (value - mean) * (value - mean));
        return new Estimate(mean, values.Count < 2 ? double.NaN : Math.Sqrt(squares / (values.Count - 1) / values.Count));
    }
}
