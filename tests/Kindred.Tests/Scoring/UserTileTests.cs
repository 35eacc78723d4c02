using Kindred.Numerics;
using Kindred.Scoring;
using Kindred.Tests.Numerics;
using Kindred.Tests.Populations;

namespace Kindred.Tests.Scoring;

public sealed class UserTileTests
{
    [Theory]
    [InlineData(8, 1, true)]
    [InlineData(16, 24, true)]
    [InlineData(24, 100, false)]
    [InlineData(1, 30, true)]
    [InlineData(13, 61, true)]
    [InlineData(50, 960, true)]
    public void A_lane_holds_the_half_normalised_embedding_and_the_activity(int dimension, int count, bool withActivity)
    {
        using var population = TestPopulation.Of(TestPopulation.Random(1_000, dimension, 1), withActivity: withActivity);
        var shard = population.Shards[0];
        using var tile = new UserTile(dimension);

        // Start with a full tile, so that leftovers would be detected.
        tile.Load(shard, 0, UserTile.Capacity);
        tile.Load(shard, 17, count);
        var expected = new float[dimension + 1];
        for (var user = 0; user < count; user++)
        {
            UserLanes.HalfNormalize(shard.Embeddings.Span.Slice((17 + user) * dimension, dimension), expected);
            expected[dimension] = withActivity ? shard.Activity.Span[17 + user] : 0;
            TestNumbers.AssertSameBits(expected, Lane(tile, user));
        }

        for (var user = count; user < tile.LaneGroups * UserTile.LaneCount; user++) TestNumbers.AssertSameBits(new float[dimension + 1], Lane(tile, user));
    }

    [Fact]
    public void Non_consecutive_users_have_the_same_layout()
    {
        using var population = TestPopulation.Of(TestPopulation.Random(1_000, 13, 1));
        var shard = population.Shards[0];
        using UserTile all = new(13), some = new(13);
        all.Load(shard, 0, all.Room);
        int[] rows = [.. Enumerable.Range(0, 150).Select(i => i * i / 30 + i)];
        some.Load(shard, rows);
        Assert.Equal(rows, some.Rows.ToArray());
        for (var i = 0; i < rows.Length; i++) TestNumbers.AssertSameBits(Lane(all, rows[i]), Lane(some, i));
        Assert.Throws<ArgumentOutOfRangeException>(() => some.Load(shard, [3, 1_000]));
        Assert.Throws<ArgumentException>(() => some.Load(shard, [3, 3]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(256)]
    [InlineData(4_096)]
    public void Capacity_is_rounded_up_to_whole_lane_groups(int dimension)
    {
        using var tile = new UserTile(dimension);
        Assert.InRange(tile.Room, 1, UserTile.Capacity);
        Assert.Equal(0, tile.Room % UserTile.LaneCount);
        Assert.Equal(UserTile.RoomFor(dimension), tile.Room);
    }

    [Fact]
    public void Half_normalising_divides_by_the_square_root_of_the_length()
    {
        var inputs = new float[3];
        UserLanes.HalfNormalize([0, 6, 8], inputs);
        Assert.Equal([0, 6 / Math.Sqrt(10), 8 / Math.Sqrt(10)], inputs.Select(value => (double)value), (a, b) => Math.Abs(a - b) < 1e-6);
        UserLanes.HalfNormalize([0, 0, 0], inputs);
        Assert.Equal([0, 0, 0], inputs);
    }

    [Fact]
    public void Refuses_more_users_than_its_capacity()
    {
        using var population = TestPopulation.Of(TestPopulation.Random(1_000, 8, 1));
        using var tile = new UserTile(8);
        Assert.Throws<ArgumentOutOfRangeException>(() => tile.Load(population.Shards[0], 0, UserTile.Capacity + 1));
    }

    private static float[] Lane(UserTile tile, int user)
    {
        var group = tile.LaneGroup(user / UserTile.LaneCount);
        var lane = new float[tile.Inputs];
        for (var k = 0; k < lane.Length; k++) lane[k] = group[k * UserTile.LaneCount + user % UserTile.LaneCount];
        return lane;
    }
}
