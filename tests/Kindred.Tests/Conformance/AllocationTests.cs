using Kindred.Audiences;
using Kindred.Populations;
using Kindred.Scoring;
using Kindred.SeedModels;
using Kindred.SeedModels.Mlp;
using Kindred.Tests.Numerics;
using Kindred.Tests.Populations;

namespace Kindred.Tests.Conformance;

/// <summary>
/// What runs once for every user, tile or look-up allocates nothing on the garbage-collected heap. Times are too noisy to be held;
/// bytes are the same on every machine.
/// </summary>
public sealed class AllocationTests : IDisposable
{
    private const int Dimension = 8;

    private readonly Population _population = TestPopulation.Of(TestPopulation.Random(200, Dimension, 1));

    public static TheoryData<string> Scorers => ["linear", "network", "deep network", "dot"];

    public void Dispose() => _population.Dispose();

    [Theory, MemberData(nameof(Scorers))]
    public void A_tile_is_read_and_scored_without_allocating(string name)
    {
        var (scorer, scores) = (Create(name), new float[200]);
        using var tile = new UserTile(Dimension);
        AssertNothingAllocated(() =>
        {
            tile.Load(_population.Shards[0], 0, 200);
            scorer.Score(tile, scores);
        });
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("network")]
    [InlineData("deep network")]
    [InlineData("dot")]
    public void A_user_is_found_and_scored_without_allocating(string name)
    {
        using var scorer = new RequestScorer([Create(name), Create(name)]);
        int[] candidates = [1, 0];
        var scores = new float[2];
        AssertNothingAllocated(() =>
        {
            var user = _population.Find("u17"u8)!.Value;
            scorer.Score(_population.EmbeddingOf(user), activity: 1, candidates, scores);
        });
        Assert.Equal(scores[0], scores[1]);
    }

    [Fact]
    public void Selecting_audiences_from_more_users_allocates_no_more_but_for_the_list_of_tiles()
    {
        // Twice and four times the tiles, for audiences as large: an object a tile would be more than their list.
        using Population few = Crowd(tiles: 20), many = Crowd(tiles: 40), more = Crowd(tiles: 80);
        long first = Selecting(few), second = Selecting(many), third = Selecting(more);
        const int PerTile = 80;
        Assert.InRange(second - first, 0, 20 * PerTile);
        Assert.InRange(third - second, 0, 40 * PerTile);

        // And the audiences themselves are most of it: entries of 12 bytes, room for twice as many, tiles, requests.
        Assert.InRange(first, 1, 200_000);
    }

    private static long Selecting(Population population)
    {
        AudienceRequest[] requests = [.. Scorers.Select(name => new AudienceRequest(Create(name), 100, []))];
        return Allocated(() => AudienceSelection.Select(population, null, requests, threads: 1));
    }

    private static Population Crowd(int tiles) => TestPopulation.Of(TestPopulation.Random(tiles * UserTile.RoomFor(Dimension), Dimension, 2));

    private static IUserScorer Create(string name) => name switch
    {
        "linear" => new NetworkScorer(new Network(TestNumbers.Array(Dimension + 1, 1), 0.3f, [], [])),
        "network" => new NetworkScorer(new Network(TestNumbers.Array(Dimension + 1, 1), 0.3f, [Layer(Dimension + 1, 16)], TestNumbers.Array(16, 4))),
        "deep network" => new NetworkScorer(new Network(
            TestNumbers.Array(Dimension + 1, 1), 0.3f, [Layer(Dimension + 1, 16), Layer(16, 12)], TestNumbers.Array(12, 5))),
        _ => new EmbeddingDotScorer(TestNumbers.Array(Dimension, 6), unitLength: true),
    };

    private static DenseLayer Layer(int inputs, int units) => new(TestNumbers.Array(inputs * units, 2), TestNumbers.Array(units, 3));

    private static void AssertNothingAllocated(Action work) => Assert.Equal(0, Allocated(work));

    /// <summary>Bytes that this thread allocates when the work is done again: buffers that are kept are there by then.</summary>
    private static long Allocated(Action work)
    {
        for (var warmUp = 0; warmUp < 3; warmUp++) work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
