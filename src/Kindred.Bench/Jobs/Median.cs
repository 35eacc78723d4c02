namespace Kindred.Bench.Jobs;

/// <summary>Computes medians.</summary>
internal static class Median
{
    /// <summary>The median of a number of each sample; the mean of the two in the middle of an even count.</summary>
    public static double Of<T>(IEnumerable<T> samples, Func<T, double> number)
    {
        var sorted = samples.Select(number).Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
