using Kindred.Audiences;
using Kindred.Populations;
using Kindred.Scoring;
using Kindred.Tests.Populations;
using Kindred.Tests.Scoring;

namespace Kindred.Tests.Audiences;

public sealed class SelectionLogTests
{
    private static readonly Population _population = TestPopulation.Of(
        [.. TestPopulation.Random(800, 1, 1).Select((user, i) => user with { Active = i % 50 != 0 })]);

    [Fact]
    public void Keeps_active_users_at_or_above_the_floor_unless_they_are_excluded()
    {
        // More users than a log holds before it is compacted.
        var scores = Enumerable.Range(0, 800).Select(row => (float)(row * 37 % 100)).ToArray();
        using var log = Log(30, 90, [5, 6]);
        for (var time = 0; time < 200; time++) Add(log, 0, scores);
        log.SortOut();
        var active = _population.Shards[0].Active.ToArray();
        var expected = Enumerable.Range(0, 800).Where(row => row is not (5 or 6) && active[row] != 0 && scores[row] >= 90)
            .OrderByDescending(row => scores[row]).ThenBy(row => _population.Name(new UserRow(0, row)), TestPopulation.Utf8Order).ToArray();
        Assert.Equal(expected.SelectMany(row => Enumerable.Repeat(row, 200)).Take(30), log.Kept(0).ToSortedArray().Select(user => user.User.Row));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_score_that_is_not_finite_is_an_error(float score)
    {
        var scores = new float[40];
        scores[33] = score;
        using var log = Log(3, 5, []);
        var error = Assert.Throws<KindredException>(() => Add(log, 0, scores));
        Assert.Contains("not finite", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_user_of_a_tile_may_pass()
    {
        using var log = Log(800, float.NegativeInfinity, []);
        Add(log, 0, new float[800]);
        log.SortOut();
        Assert.Equal(784, log.Kept(0).Count);
    }

    private static SelectionLog Log(int size, float floor, int[] excluded) => new(
        new UserPlaces(_population),
        [new AudienceRequest(new TableScorer(new Dictionary<string, float>()), size, [UserSet.Of(_population, []), UserSet.Of(_population, excluded.Select(row => new UserRow(0, row)))])],
        [floor], 1);

    private static void Add(SelectionLog log, int firstRow, ReadOnlySpan<float> scores)
    {
        using var tile = new UserTile(1);
        tile.Load(_population.Shards[0], firstRow, scores.Length);
        log.Add(0, 0, tile, scores);
    }
}
