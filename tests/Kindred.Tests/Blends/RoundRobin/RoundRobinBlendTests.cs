using Kindred.Blends.RoundRobin;
using Kindred.Populations;
using Kindred.Similarity.Centroid;
using Kindred.Similarity.Lsh;

namespace Kindred.Tests.Blends.RoundRobin;

public sealed class RoundRobinBlendTests
{
    private static RoundRobinBlend Blend(double share) => new(
        new CentroidMethod(new CentroidOptions()), new LshMethod(new LshOptions()), new RoundRobinOptions { ShareOfSmall = share, ShareOfLarge = share });

    [Theory]
    // Both parts have c and a among their first five. Mean ranks by hand: a (0 + 3) before c (2 + 2).
    [InlineData(0.5, 5, "a c b x d")]
    [InlineData(1.0, 5, "a c b d e")]
    [InlineData(0.0, 5, "a c x y z")]
    // One user of regression, two of similarity, and so on.
    [InlineData(0.3333333333333333, 5, "a c b x y")]
    [InlineData(0.6666666666666666, 5, "a c b d x")]
    // Only c is common among the first three.
    [InlineData(0.5, 3, "c a x")]
    // All users.
    [InlineData(0.5, 100, "a c b x d y e z")]
    public void Common_users_come_first_and_then_the_parts_take_turns(double share, int size, string expected)
    {
        var found = Blend(share).Combine([Rows("a b c d e"), Rows("x y c a z")], size, 500);
        Assert.Equal(expected, string.Join(' ', found.Select(user => (char)user.Row)));
    }

    [Fact]
    public void The_first_part_breaks_ties_between_common_users_of_equal_mean_rank() =>
        Assert.Equal("b a", string.Join(' ', Blend(0.5).Combine([Rows("b a"), Rows("a b")], 2, 500).Select(user => (char)user.Row)));

    [Fact]
    public void Sets_have_the_requested_size_distinct_users_and_start_with_the_intersection() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[1, 60], Gen.Double[0, 1], Gen.UInt).Sample((users, size, share, seed) =>
        {
            var rankings = new[] { 1UL, 2UL }.Select(part => Enumerable.Range(0, users).OrderBy(user => Kindred.Sampling.SampleKey.Of(seed, part * 1000 + (ulong)user))
                .Select(user => new UserRow(0, user)).ToArray()).ToArray();
            var found = Blend(share).Combine(rankings, size, 500);
            Assert.Equal(Math.Min(size, users), found.Length);
            Assert.Equal(found.Length, found.Distinct().Count());
            var common = rankings[0].Take(size).Intersect(rankings[1].Take(size)).ToArray();
            Assert.Equal(common.ToHashSet(), found.Take(common.Length).ToHashSet());

            // The others are the best remaining users of either part. No user of a part is skipped.
            var rest = found.Skip(common.Length).ToHashSet();
            foreach (var ranking in rankings)
            {
                var left = ranking.Take(size).Except(common).ToArray();
                var taken = left.TakeWhile(rest.Contains).Count();
                Assert.DoesNotContain(left.Skip(taken), rest.Contains);
            }

            // The first part takes its share of all turns, rounded up.
            var turns = rest.Count(user => rankings[0].Take(size).Contains(user));
            Assert.InRange(turns, Math.Ceiling(share * rest.Count - 1e-9), Math.Ceiling(share * rest.Count + 1e-9));
        }, iter: 500);

    [Fact]
    public void Regression_contributes_more_users_to_larger_lists()
    {
        var blend = new RoundRobinBlend(new CentroidMethod(new CentroidOptions()), new LshMethod(new LshOptions()), new RoundRobinOptions());
        Assert.Equal(0.4, blend.ShareOfRegression(25));
        Assert.Equal(0.4, blend.ShareOfRegression(100));
        Assert.Equal(0.65, blend.ShareOfRegression(1_000), 1e-12);
        Assert.Equal(0.9, blend.ShareOfRegression(10_000), 1e-12);
        Assert.Equal(0.9, blend.ShareOfRegression(1_000_000));
        var shares = Enumerable.Range(1, 200).Select(i => blend.ShareOfRegression(i * 70)).ToArray();
        Assert.Equal(shares.Order(), shares);
    }

    private static UserRow[] Rows(string users) => [.. users.Split(' ').Select(user => new UserRow(0, user[0]))];
}
