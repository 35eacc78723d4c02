namespace Kindred.Evaluation;

/// <summary>A figure over seed lists and how far it would vary with other lists.</summary>
/// <param name="Value">The figure.</param>
/// <param name="StandardError">Its standard error; NaN where fewer than two lists give none.</param>
public readonly record struct Measured(double Value, double StandardError)
{
    /// <summary>The mean of values and its standard error, s/√n.</summary>
    public static Measured MeanOf(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return new Measured(mean, StandardErrorOfMean([.. values.Select(value => value - mean)]));
    }

    /// <summary>The relative difference of two methods' means on the same lists: r − 1 with r = m̄/b̄.</summary>
    /// <remarks>
    /// The standard error is that of a ratio of paired means by the delta method: the one of the mean of (m − r b)/b̄. The pairing
    /// matters: lists that are hard are hard for both, and most of that cancels.
    /// </remarks>
    /// <param name="method">One value a list.</param>
    /// <param name="other">The other method's, in the same order. A mean of zero gives NaN: nothing is a share of it.</param>
    public static Measured RelativeGainOf(IReadOnlyList<double> method, IReadOnlyList<double> other)
    {
        var mean = other.Average();
        if (!(mean > 0)) return new Measured(double.NaN, double.NaN);
        var ratio = method.Average() / mean;
        return new Measured(ratio - 1, StandardErrorOfMean([.. method.Zip(other, (m, b) => (m - ratio * b) / mean)]));
    }

    /// <summary>For deviations whose mean is zero.</summary>
    private static double StandardErrorOfMean(double[] deviations) => deviations.Length < 2
        ? double.NaN
        : Math.Sqrt(deviations.Sum(deviation => deviation * deviation) / (deviations.Length - 1) / deviations.Length);
}
