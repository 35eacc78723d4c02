using Kindred.Scoring;
using Kindred.SeedModels;
using Kindred.Tests.Numerics;
using Kindred.Tests.Populations;

namespace Kindred.Tests.Scoring;

public sealed class RequestScorerTests
{
    private const int Dimension = 13;

    [Theory]
    [InlineData(1)]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(130)]
    public void Request_scores_equal_tile_scores(int asked)
    {
        using var population = TestPopulation.Of(TestPopulation.Random(60, Dimension, 1));
        var scorers = Scorers();
        using var requests = new RequestScorer(scorers);
        using var tile = new UserTile(Dimension);
        tile.Load(population.Shards[0], 0, 60);
        int[] candidates = [.. Enumerable.Range(0, asked).Select(i => i * 7 % scorers.Length)];
        foreach (var row in new[] { 0, 11, 59 })
        {
            var found = new float[asked];
            requests.Score(population.Shards[0].Embeddings.Span.Slice(row * Dimension, Dimension), population.Shards[0].Activity.Span[row], candidates, found);
            TestNumbers.AssertSameBits([.. candidates.Select(candidate => Alone(scorers[candidate], tile)[row])], found);
        }
    }

    [Fact]
    public void A_look_up_allocates_nothing()
    {
        using var requests = new RequestScorer(Scorers());
        float[] embedding = TestNumbers.Array(Dimension, 1), scores = new float[100];
        int[] candidates = [.. Enumerable.Range(0, 100)];
        requests.Score(embedding, 1, candidates, scores);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++) requests.Score(embedding, i, candidates, scores);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_model_that_needs_more_than_the_embedding_is_refused()
    {
        var error = Assert.Throws<KindredException>(() => new RequestScorer([.. Scorers(), new ItemWeightsScorer([1, 2], 0, 1)]));
        Assert.Contains("Model 100", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<KindredException>(() => new RequestScorer([new EmbeddingDotScorer([1, 2], true), new EmbeddingDotScorer([1, 2, 3], true)]));
        Assert.Contains("dimension 3", error.Message, StringComparison.Ordinal);
    }

    private static IUserScorer[] Scorers() =>
        [.. Enumerable.Range(0, 100).Select(i => (i % 4) switch
        {
            0 => (IUserScorer)new EmbeddingDotScorer(TestNumbers.Array(Dimension, (ulong)i), i % 8 == 0),
            1 => TestNetworks.Scorer(Dimension, (ulong)i),
            2 => TestNetworks.Scorer(Dimension, (ulong)i, 5),
            _ => TestNetworks.Scorer(Dimension, (ulong)i, 50, 30),
        })];

    private static float[] Alone(IUserScorer scorer, UserTile tile)
    {
        var scores = new float[tile.Count];
        scorer.Score(tile, scores);
        return scores;
    }
}
