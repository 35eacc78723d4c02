using Kindred.Experiments.Inference;
using Kindred.Sampling;
using Kindred.Statistics;

namespace Kindred.Experiments.Tests.Inference;

public sealed class ClusterQuantileTests
{
    private const double Confidence = 0.95;

    [Fact]
    public void The_interval_lies_between_two_ranks_and_the_standard_error_is_its_half_width_over_z()
    {
        // One row per unit: 1, 2, … 1,000. The share below the 30% quantile has σ = √(.3 · .7/1000) = .01449, z · σ = .0284.
        var sketch = new QuantileSketch();
        for (var i = 1; i <= 1_000; i++) sketch.Add(i);
        var found = ClusterQuantile.Of(sketch, RawUnits.Moments([.. Enumerable.Range(1, 1_000).Select(i => new double[] { i <= 300 ? 1 : 0, 1, 0, 0 })]), 0.3, Confidence);
        Assert.Equal(300, found.Estimate.Value, 0.3);
        Assert.Equal(272, found.Low, 0.3);
        Assert.Equal(329, found.High, 0.4);
        Assert.Equal((found.High - found.Low) / 2 / 1.959963984540054, found.Estimate.StandardError, 1e-9);
        Assert.Equal(1_000, found.Estimate.Units);
    }

    [Fact]
    public void The_interval_has_its_nominal_coverage_and_treating_rows_as_independent_would_not()
    {
        const int Runs = 1_000, Users = 400;
        int held = 0, naive = 0;
        // log N(0, .7² + .5²) over all rows. A user's rows are correlated.
        var truth = Math.Exp(NormalDistribution.Quantile(0.8) * Math.Sqrt(0.7 * 0.7 + 0.5 * 0.5));
        for (var run = 0; run < Runs; run++)
        {
            var random = SeededRandom.Keyed(31, 1, (ulong)run);
            double[][] users = [.. Enumerable.Range(0, Users).Select(_ => Rows(ref random))];
            if (Interval(users) is var found && found.Low <= truth && truth <= found.High) held++;
            if (Interval([.. users.SelectMany(rows => rows).Select(row => new[] { row })]) is var alone && alone.Low <= truth && truth <= alone.High) naive++;
        }

        // The standard error of a share of 1,000 is .7%.
        Assert.InRange(held, 930, 970);
        Assert.InRange(naive, 0, 850);
    }

    [Fact]
    public void Too_few_units_leave_the_interval_unbounded()
    {
        var sketch = new QuantileSketch();
        sketch.Add(5);
        sketch.Add(6);
        var few = ClusterQuantile.Of(sketch, RawUnits.Moments([[1, 1, 0, 0], [0, 1, 0, 0]]), 0.5, Confidence);
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), (few.Low, few.High));
        Assert.Equal(double.PositiveInfinity, few.Estimate.UnitVariance);
        var none = ClusterQuantile.Of(new QuantileSketch(), default, 0.5, Confidence);
        Assert.Equal(new ArmEstimate(0, double.PositiveInfinity, 0), none.Estimate);
        Assert.Throws<ArgumentOutOfRangeException>(() => ClusterQuantile.Of(sketch, default, 1, Confidence));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClusterQuantile.Of(sketch, default, 0.5, 1));
    }

    private static double[] Rows(ref SeededRandom random)
    {
        var rows = new double[random.NextPoisson(5 * Math.Exp(0.5 * random.NextGaussian()))];
        var level = 0.7 * random.NextGaussian();
        for (var i = 0; i < rows.Length; i++) rows[i] = Math.Exp(level + 0.5 * random.NextGaussian());
        return rows;
    }

    private static QuantileEstimate Interval(double[][] users)
    {
        var sketch = new QuantileSketch();
        foreach (var row in users.SelectMany(rows => rows)) sketch.Add(row);
        var quantile = sketch.Quantile(0.8);
        return ClusterQuantile.Of(sketch, RawUnits.Moments([.. users.Select(rows => new double[] { rows.Count(row => row <= quantile), rows.Length, 0, 0 })]), 0.8, Confidence);
    }
}
