using Kindred.Evaluation;

namespace Kindred.Tests.Evaluation;

public sealed class ReachCurveTests
{
    [Fact]
    public void Equals_an_example_calculated_by_hand()
    {
        // 100 candidates, 8 of them seeds. Each fold ranks the 96 users that are not trained on.
        var curve = ReachCurve.Of("list", 8, 100, [0.1, 0.2, 0.5], [new([1, 2, 15, 60], 96), new([3, 11, 12, 90], 96)]);
        Assert.Equal((8, 8, 100L, 0.08), (curve.Seeds, curve.HeldOut, curve.Candidates, curve.Prevalence));
        Assert.Equal([10L, 20, 50], curve.Points.Select(point => point.Users));
        Assert.Equal([3 / 8.0, 6 / 8.0, 6 / 8.0], curve.Points.Select(point => point.Recall));

        // By chance an audience of 10 contains 4 · 10/96 of each fold's seeds.
        Assert.Equal(3 / (2 * 4 * 10 / 96.0), curve.Points[0].Lift, 1e-12);
        Assert.Equal(6 / (2 * 4 * 20 / 96.0), curve.Points[1].Lift, 1e-12);
        Assert.Equal(3 / (2 * 4 * 10 / 96.0), curve.Points[1].MarginalLift, 1e-12);
        Assert.Equal(0, curve.Points[2].MarginalLift);
        Assert.Equal(100 * (1 - 10 / 96.0), curve.Points[0].ThresholdPercentile, 1e-9);

        // Among the first 10 of both folds, 3 users are held out and 17 are not. With all seeds ranked, that is about 3 to 17/2.
        Assert.Equal(3 / (3 + 8.5), curve.Points[0].SeedProbability, 1e-12);
        Assert.Equal(ExpansionMetrics.Precision(3, 8, 20, 192, out _), curve.Points[0].Precision);
        Assert.Equal(WilsonInterval.Of(3, 8), (curve.Points[0].RecallLow, curve.Points[0].RecallHigh));
    }

    [Fact]
    public void Recall_never_falls_bands_contain_their_point_and_the_smoothed_lift_never_rises() =>
        Gen.Select(Gen.Int[1, 500], Gen.Int[1, 40].Array[2, 6], Gen.Long[0, long.MaxValue]).Sample((size, held, seed) =>
        {
            var candidates = 200 + 20L * size;
            var random = new Kindred.Sampling.SeededRandom((ulong)seed);
            var folds = held.Select(count =>
            {
                var ranks = new SortedSet<long>();
                while (ranks.Count < count) ranks.Add(1 + (long)(Math.Pow(random.NextDouble(), 3) * (candidates - 1)));
                return new FoldRanks([.. ranks], candidates);
            }).ToArray();
            var curve = ReachCurve.Of("list", held.Sum(), candidates, new ReachOptions().Shares, folds);
            ReachPoint? before = null;
            foreach (var point in curve.Points)
            {
                Assert.True(point.RecallLow <= point.Recall && point.Recall <= point.RecallHigh);
                Assert.True(point.PrecisionLow <= point.Precision && point.Precision <= point.PrecisionHigh);
                Assert.InRange(point.SeedProbability, 0, 1);
                Assert.InRange(point.ThresholdPercentile, 0, 100);
                Assert.True(double.IsFinite(point.Lift + point.MarginalLift + point.SmoothMarginalLift));
                if (before is not null)
                {
                    Assert.True(point.Users > before.Users && point.Recall >= before.Recall && point.SmoothMarginalLift <= before.SmoothMarginalLift + 1e-12);
                    Assert.True(point.RecallLow >= before.RecallLow && point.RecallHigh >= before.RecallHigh);
                }

                before = point;
            }
        }, iter: 200);

    [Fact]
    public void Sizes_run_from_a_thousandth_to_a_fifth_and_include_the_usual_ones()
    {
        var shares = new ReachOptions().Shares;
        Assert.InRange(shares.Count, 38, 45);
        Assert.Equal((0.001, 0.2), (shares[0], shares[^1]));
        Assert.Superset(new HashSet<double> { 0.01, 0.02, 0.05, 0.1 }, shares.ToHashSet());
        Assert.All(shares.Zip(shares.Skip(1)), pair => Assert.InRange(pair.Second / pair.First, 1.05, 1.21));
    }

    [Fact]
    public void A_share_between_two_sizes_uses_the_smaller_one()
    {
        var curve = ReachCurve.Of("list", 2, 100, [0.1, 0.2], [new([1, 2], 100)]);
        Assert.Equal([10L, 10, 20, 10], new[] { 0.1, 0.15, 0.9, 0.01 }.Select(share => curve.At(share).Users));
    }
}
