using Kindred.Evaluation;

namespace Kindred.Tests.Evaluation;

public sealed class ReachRecommendationTests
{
    [Fact]
    public void It_is_the_largest_size_whose_last_users_are_likely_enough_for_any_curve() =>
        Gen.Select(Gen.Double[0, 12].Array[1, 12], Gen.Int[5, 60]).Sample((lifts, users) =>
        {
            var curve = Curve(500, users, [.. lifts.OrderDescending()]);
            var recommended = ReachRecommendation.Of(curve);
            var large = curve.Points.Where(point => point.Users >= 25).ToArray();
            var much = large.Where(point => point.SmoothMarginalLift >= 3).ToArray();
            var some = large.Where(point => point.SmoothMarginalLift >= 1.5).ToArray();
            Assert.Equal(much.Length > 0 ? much.MaxBy(point => point.Users) : some.MaxBy(point => point.Users), recommended.Point);
            Assert.Equal(
                much.Length > 0 ? ReachReason.MuchLikelier : some.Length > 0 ? ReachReason.Likelier : ReachReason.NoBetterThanChance,
                recommended.Reason);
            Assert.Equal(recommended.Point is { } point && point.Users == curve.Points.Max(other => other.Users), recommended.IsLargest);
        });

    [Theory]
    [InlineData(new[] { 20, 9, 3, 2.9 }, 0.03, ReachReason.MuchLikelier)]
    [InlineData(new[] { 2.9, 1.5, 1.4 }, 0.02, ReachReason.Likelier)]
    [InlineData(new[] { 1.4, 1.0 }, null, ReachReason.NoBetterThanChance)]
    public void Lists_that_are_hard_to_find_get_a_size_by_the_lower_limit_and_lists_by_chance_none(
        double[] lifts, double? share, ReachReason reason)
    {
        var recommended = ReachRecommendation.Of(Curve(500, 100, lifts));
        Assert.Equal((share, reason), (recommended.Point?.Share, recommended.Reason));
    }

    [Fact]
    public void A_size_of_a_few_users_is_not_recommended()
    {
        // The first two sizes have 10 and 20 users.
        var recommended = ReachRecommendation.Of(Curve(500, 10, [9, 8, 2, 1.6, 1.4]));
        Assert.Equal((40, ReachReason.Likelier), (recommended.Point!.Users, recommended.Reason));
    }

    [Theory]
    [InlineData(99, true)]
    [InlineData(100, false)]
    public void Under_a_hundred_held_out_users_it_is_rough(int heldOut, bool rough) =>
        Assert.Equal(rough, ReachRecommendation.Of(Curve(heldOut, 100, [9, 8])).IsRough);

    private static ReachCurve Curve(int heldOut, int users, double[] lifts) => new("list", 1000, heldOut, 100 * users,
        [.. lifts.Select((lift, i) => new ReachPoint(0.01 * (i + 1), (i + 1) * users, 0, 0, 0, 0, 0, 0, 0, lift, lift, 0, 0))]);
}
