using Kindred.Scoring;
using Kindred.Tests.Numerics;
using Kindred.Tests.Populations;

namespace Kindred.Tests.Scoring;

public sealed unsafe class UserTileTests
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

        // A full tile first, so that what is left of it would be seen.
        tile.Load(shard, 0, UserTile.Capacity);
        tile.Load(shard, 17, count);
        var expected = new float[dimension + 1];
        for (var user = 0; user < count; user++)
        {
            UserTile.HalfNormalize(shard.Embeddings.Span.Slice((17 + user) * dimension, dimension), expected);
            expected[dimension] = withActivity ? shard.Activity.Span[17 + user] : 0;
            TestNumbers.AssertSameBits(expected, Lane(tile, user));
        }

        for (var user = count; user < tile.PanelCount * 24; user++) TestNumbers.AssertSameBits(new float[dimension + 1], Lane(tile, user));
    }

    [Fact]
    public void Half_normalising_divides_by_the_square_root_of_the_length()
    {
        var inputs = new float[3];
        UserTile.HalfNormalize([0, 6, 8], inputs);
        Assert.Equal([0, 6 / Math.Sqrt(10), 8 / Math.Sqrt(10)], inputs.Select(value => (double)value), (a, b) => Math.Abs(a - b) < 1e-6);
        UserTile.HalfNormalize([0, 0, 0], inputs);
        Assert.Equal([0, 0, 0], inputs);
    }

    [Fact]
    public void Refuses_more_users_than_it_has_room_for()
    {
        using var population = TestPopulation.Of(TestPopulation.Random(1_000, 8, 1));
        using var tile = new UserTile(8);
        Assert.Throws<ArgumentOutOfRangeException>(() => tile.Load(population.Shards[0], 0, UserTile.Capacity + 1));
    }

    private static float[] Lane(UserTile tile, int user)
    {
        var panel = tile.Panel(user / 24);
        var lane = new float[tile.Inputs];
        for (var k = 0; k < lane.Length; k++) lane[k] = panel[k * 24 + user % 24];
        return lane;
    }
}
