
namespace Kindred.Experiments.Tests;

public sealed class MetricMomentsTests
{
    private static readonly Gen<double[][]> _units = Gen.Double[-100, 100].Array[MetricMoments.Variables].Array[1, 40];

    [Fact]
    public void Means_and_covariances_equal_a_two_pass_computation() =>
        _units.Sample(units => AssertEqual(units, RawUnits.Moments(units), 1e-9));

    [Fact]
    public void Parts_merged_in_any_split_and_order_equal_the_whole() =>
        Gen.Select(_units, Gen.Int[0, 4].Array[40], Gen.Int[0, 1000]).Sample((units, parts, shift) =>
        {
            var moments = Enumerable.Range(0, 5).Select(part => RawUnits.Moments([.. units.Where((_, i) => parts[i] == part)])).ToArray();
            var turned = moments.Skip(shift % 5).Concat(moments.Take(shift % 5));
            AssertEqual(units, turned.Aggregate(default(MetricMoments), (sum, part) => sum.Merge(part)), 1e-9);
        });

    [Fact]
    public void Large_similar_values_keep_the_precision_of_their_variance()
    {
        // Raw sums of squares of 10⁹ would lose a variance of 1 completely.
        double[][] small = [.. Enumerable.Range(0, 1_000).Select(i => new[] { i % 7, i % 11, i % 5, i % 3 + 0.5 })];
        double[][] large = [.. small.Select(unit => unit.Select(value => value + 1e9).ToArray())];
        var merged = large.Aggregate(default(MetricMoments), (sum, unit) => sum.Merge(RawUnits.Moments([unit])));
        for (var i = 0; i < MetricMoments.Variables; i++)
        {
            for (var j = 0; j < MetricMoments.Variables; j++)
            {
                Assert.Equal(RawUnits.Covariance(small, i, j), merged.Covariance(i, j), 1e-5);
            }
        }
    }

    [Fact]
    public void No_units_and_one_unit_have_no_variance_and_merge_correctly()
    {
        var one = RawUnits.Moments([[3, 1, 2, 1]]);
        Assert.Equal(0, one.Covariance(0, 0));
        Assert.Equal(one, one.Merge(default));
        Assert.Equal(one, default(MetricMoments).Merge(one));
        Assert.Equal(0, default(MetricMoments).Covariance(0, 0));
        Assert.Equal(default, MetricMoments.FromSums(0, new double[4], new double[10]));
    }

    private static void AssertEqual(double[][] units, MetricMoments moments, double tolerance)
    {
        Assert.Equal(units.Length, moments.Units);
        for (var i = 0; i < MetricMoments.Variables; i++)
        {
            Assert.Equal(units.Average(unit => unit[i]), moments.Mean(i), tolerance);
            Assert.Equal(units.Sum(unit => unit[i]), moments.Sum(i), tolerance * units.Length);
            for (var j = 0; j < MetricMoments.Variables; j++) Assert.Equal(RawUnits.Covariance(units, i, j), moments.Covariance(i, j), 10 * tolerance);
        }
    }
}
