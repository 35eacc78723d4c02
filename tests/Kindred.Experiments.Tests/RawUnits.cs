
namespace Kindred.Experiments.Tests;

/// <summary>Raw units, [units][4], and plain computations on them.</summary>
internal static class RawUnits
{
    public static MetricMoments Moments(double[][] units)
    {
        var sums = new double[MetricMoments.Variables];
        var products = new double[MetricMoments.Products];
        foreach (var unit in units)
        {
            for (int i = 0, at = 0; i < sums.Length; i++)
            {
                sums[i] += unit[i];
                for (var j = i; j < sums.Length; j++) products[at++] += unit[i] * unit[j];
            }
        }

        return MetricMoments.FromSums(units.Length, sums, products);
    }

    public static double Covariance(double[][] units, int one, int other) =>
        Covariance([.. units.Select(unit => unit[one])], [.. units.Select(unit => unit[other])]);

    public static double Covariance(double[] one, double[] other)
    {
        if (one.Length < 2) return 0;
        double a = one.Average(), b = other.Average();
        return one.Zip(other, (x, y) => (x - a) * (y - b)).Sum() / (one.Length - 1);
    }
}
