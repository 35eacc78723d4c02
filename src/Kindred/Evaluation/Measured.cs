namespace Kindred.Evaluation;

/// <summary>A figure over seed lists, with its standard error over lists.</summary>
/// <param name="Value">The figure.</param>
/// <param name="StandardError">Its standard error; NaN for fewer than two lists.</param>
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
    /// The standard error is that of a ratio of paired means by the delta method: the one of the mean of (m − r b)/b̄. The pairing matters:
    /// hard lists are hard for both methods, and most of that cancels.
    /// </remarks>
    /// <param name="method">One value per list.</param>
    /// <param name="other">The values of the other method, in the same order. A mean of zero gives NaN.</param>
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
