using Kindred.Audiences;
using Kindred.Networks.Mlp;
using Kindred.Populations;
using Kindred.Scoring;
using Kindred.SeedModels;
using Kindred.Tests.Numerics;
using Kindred.Tests.Populations;

namespace Kindred.Tests.Conformance;

/// <summary>
/// Code that runs once per user, tile or look-up allocates nothing on the garbage-collected heap. Times are too noisy to test;
/// allocated bytes are the same on every machine.
/// </summary>
public sealed class AllocationTests : IDisposable
{
    private const int Dimension = 8;
    private const int Models = 32;

    private static readonly string[] _scorers = ["linear", "network", "deep network", "dot"];

    private readonly Population _population = TestPopulation.Of(TestPopulation.Random(200, Dimension, 1));

    public static TheoryData<string> Scorers => [.. _scorers];

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
    public void Membership_at_request_time_is_decided_without_allocating()
    {
        IUserScorer[] scorers = [.. _scorers.Select(Create)];
        PublishedAudience[] audiences = [.. Enumerable.Range(0, 40).Select(i => new PublishedAudience($"{i / 2}", i % 3 == 0 ? "" : null, "1%", 1, float.MinValue, ""))];
        using var membership = new RequestMembership(audiences, [.. audiences.Select((_, i) => scorers[i % scorers.Length])], new ThirdAudience());
        int[] candidates = [.. Enumerable.Range(0, 40)], members = new int[40];
        var count = 0;
        AssertNothingAllocated(() => count = membership.Find("u17"u8, "", _population.EmbeddingOf(_population.Find("u17"u8)!.Value), 1, candidates, members));
        Assert.Equal(39, count);
    }

    [Fact]
    public void Selecting_audiences_allocates_nothing_per_tile_and_model()
    {
        // Lists of tiles, samples and results grow with the users, by a few bytes per tile and model. The smallest object has 24 bytes.
        const int BytesPerTileAndModel = 16;
        int[] tiles = [80, 160];
        var bytes = tiles.Select(count =>
        {
            using var population = Crowd(count);
            AudienceRequest[] requests = [.. Enumerable.Range(0, Models).Select(i => new AudienceRequest(Create(_scorers[i % _scorers.Length]), 100, []))];
            return Allocated(() => AudienceSelection.Select(population, null, requests, threads: 1));
        }).ToArray();
        Assert.InRange(bytes[1] - bytes[0], 0, (tiles[1] - tiles[0]) * Models * BytesPerTileAndModel);
    }

    /// <summary>
    /// A population like those of <see cref="TestPopulation"/>, built much faster: ids are in order and all users are active.
    /// </summary>
    private static Population Crowd(int tiles)
    {
        var users = tiles * UserTile.RoomFor(Dimension);
        var active = new byte[users];
        Array.Fill(active, (byte)1);
        var shard = new PopulationShard
        {
            UserIds = IdList.From(Enumerable.Range(0, users).Select(user => $"u{user:D8}")),
            Dimension = Dimension,
            Embeddings = TestNumbers.Array(users * Dimension, 7),
            Activity = default,
            Active = active,
            CountryStarts = [0, users],
            RowsById = Enumerable.Range(0, users).ToArray(),
        };
        return new Population([shard], [""], new ActivityScale(0, 1), IdList.Empty, "test");
    }

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

    private sealed class ThirdAudience : IExcludedUsers
    {
        public int Find(ReadOnlySpan<byte> userId, Span<int> audiences)
        {
            audiences[0] = 2;
            return 1;
        }
    }

    /// <summary>Bytes that this thread allocates when the work is repeated, after reusable buffers have been allocated.</summary>
    private static long Allocated(Action work)
    {
        for (var warmUp = 0; warmUp < 3; warmUp++) work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
