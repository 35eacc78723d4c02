using Kindred.Experiments.Reduction;

namespace Kindred.Experiments.Tests.Reduction;

/// <summary>Tests sums over units and their changes from day to day.</summary>
public sealed class MomentSumsTests
{
    private static readonly Gen<double> _number = Gen.Int[-50, 50].Select(i => i / 4.0);
    private static readonly Gen<double[]> _unit = _number.Array[6];

    [Fact]
    public void Updates_of_units_lead_to_the_sums_over_their_final_values() => Gen.Select(_unit.Array[1, 20], Gen.Bool).Sample((units, unitDenominator) =>
    {
        // [0..1] a unit's values before, [2..3] its values after, [4..5] its pre-period values. Quarters add up exactly.
        var changed = new double[MomentSums.Length];
        var direct = new double[MomentSums.Length];
        foreach (var unit in units)
        {
            MomentSums.AddBefore(changed, unitDenominator, unit[4], unit[5]);
            MomentSums.Change(changed, unitDenominator, 0, 0, unit[0], unit[1], unit[4], unit[5]);
            MomentSums.Change(changed, unitDenominator, unit[0], unit[1], unit[2], unit[3], unit[4], unit[5]);
            MomentSums.AddBefore(direct, unitDenominator, unit[4], unit[5]);
            MomentSums.Add(direct, unitDenominator, unit[2], unit[3], unit[4], unit[5]);
        }

        Assert.Equal(direct, changed);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Denominators_of_one_need_not_be_summed(bool hasBefore) => Gen.Select(_unit.Array[1, 20], Gen.Bool).Sample((units, _) =>
    {
        var (brief, full) = (new double[MomentSums.Length], new double[MomentSums.Length]);
        foreach (var unit in units)
        {
            var (p, q) = hasBefore ? (unit[4], 1.0) : (0, 0);
            MomentSums.Add(brief, true, unit[0], 1, p, q);
            MomentSums.AddBefore(brief, true, p, q);
            MomentSums.Add(full, false, unit[0], 1, p, q);
            MomentSums.AddBefore(full, false, p, q);
        }

        var (one, other) = (MomentSums.ToMoments(brief, units.Length, true, hasBefore), MomentSums.ToMoments(full, units.Length, false, hasBefore));
        for (var i = 0; i < MetricMoments.Variables; i++)
        {
            Assert.Equal(other.Mean(i), one.Mean(i));
            for (var j = i; j < MetricMoments.Variables; j++) Assert.Equal(other.Covariance(i, j), one.Covariance(i, j));
        }
    });

    [Fact]
    public void Values_in_the_sketch_bucket_of_a_quantile_count_as_at_most_the_quantile() => Gen.OneOf(Gen.Double[-1e6, 1e6], Gen.Const(0.0)).Sample(value =>
    {
        var most = SizeBuckets.MostBeside(value);
        var sketch = new QuantileSketch();
        sketch.Add(value);
        sketch.Add(most);
        sketch.Add(Math.BitIncrement(most));
        Assert.True(most >= value);
        Assert.Equal(2, sketch.AtOrBelow(value));
    });
}
