using Kindred.Experiments;

namespace Kindred.Data.Tests.Experiments;

/// <summary>Compares moments with those computed from raw numbers.</summary>
internal static class MomentsAssert
{
    private const double Tolerance = 1e-9;

    /// <param name="units">The four numbers of each unit, [arms].</param>
    /// <param name="moments">The moments, [arms].</param>
    /// <param name="counts">The reported numbers of units, [arms]; null without separate counts.</param>
    public static void Equal(List<double[]>[] units, IReadOnlyList<MetricMoments> moments, IReadOnlyList<long>? counts = null)
    {
        Assert.Equal(units.Length, moments.Count);
        for (var arm = 0; arm < units.Length; arm++)
        {
            Assert.Equal(units[arm].Count, moments[arm].Units);
            if (counts is not null) Assert.Equal(units[arm].Count, counts[arm]);
            if (units[arm].Count > 0) Equal(units[arm], moments[arm]);
        }
    }

    private static void Equal(List<double[]> units, MetricMoments moments)
    {
        double[] means = [.. Enumerable.Range(0, MetricMoments.Variables).Select(i => units.Average(unit => unit[i]))];
        for (var i = 0; i < MetricMoments.Variables; i++)
        {
            Assert.Equal(means[i], moments.Mean(i), Tolerance * Scale(i, i));
            for (var j = i; j < MetricMoments.Variables && units.Count > 1; j++)
            {
                var covariance = units.Sum(unit => (unit[i] - means[i]) * (unit[j] - means[j])) / (units.Count - 1);
                Assert.Equal(covariance, moments.Covariance(i, j), Tolerance * Scale(i, j));
            }
        }

        double Scale(int i, int j) => 1 + units.Max(unit => Math.Abs(unit[i])) * (1 + units.Max(unit => Math.Abs(unit[j])));
    }
}
