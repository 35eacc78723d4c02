using Kindred.Numerics;
using Kindred.Populations;
using Kindred.Scoring;

namespace Kindred.Audiences;

/// <summary>Runs scorers over the users of a population, a tile at a time, on several threads.</summary>
internal static class PopulationScan
{
    /// <summary>Receives the scores of one scorer for one tile.</summary>
    /// <param name="worker">Which thread calls, 0 to threads − 1: for state that threads do not share.</param>
    /// <param name="scorer">Index of the scorer.</param>
    /// <param name="shard">Index of the shard.</param>
    /// <param name="firstRow">Row of the first user in the shard.</param>
    /// <param name="scores">[users] scores, negative infinity for a user who is not active. May be written to.</param>
    public delegate void Receiver(int worker, int scorer, int shard, int firstRow, Span<float> scores);

    /// <summary>Scores every user of a country, or everybody.</summary>
    /// <param name="population">The users.</param>
    /// <param name="country">Index in <see cref="Population.Countries"/>, or null for everybody.</param>
    /// <param name="scorers">What to run on each tile.</param>
    /// <param name="threads">Worker threads. Tiles come to a receiver in no particular order.</param>
    /// <param name="receive">Takes the scores.</param>
    /// <param name="progress">Told the number of users done, from several threads.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    public static void Run(
        Population population, int? country, IReadOnlyList<IUserScorer> scorers, int threads,
        Receiver receive, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        if (scorers.Any(scorer => scorer.Reads.HasFlag(UserInputs.Items))) population.RequireItems();
        var tiles = Tiles(population, country);
        var withPanels = scorers.Any(scorer => scorer.Reads.HasFlag(UserInputs.Embedding));
        var buffers = new UserTile?[threads];
        try
        {
            Workers.Run(threads, tiles.Count, (piece, worker) =>
            {
                var tile = buffers[worker] ??= new UserTile(population.Dimension);
                var (shardIndex, firstRow, count) = tiles[piece];
                var shard = population.Shards[shardIndex];
                tile.Load(shard, firstRow, count, withPanels);
                var active = shard.Active.Span.Slice(firstRow, count);
                Span<float> scores = stackalloc float[UserTile.Capacity];
                scores = scores[..count];
                for (var s = 0; s < scorers.Count; s++)
                {
                    scorers[s].Score(tile, scores);
                    Clean(scores, active);
                    receive(worker, s, shardIndex, firstRow, scores);
                }

                progress?.Invoke(count);
            }, cancellation);
        }
        finally
        {
            foreach (var tile in buffers) tile?.Dispose();
        }
    }

    private static List<(int Shard, int FirstRow, int Count)> Tiles(Population population, int? country)
    {
        var tiles = new List<(int, int, int)>();
        for (var s = 0; s < population.Shards.Count; s++)
        {
            var shard = population.Shards[s];
            var first = country is { } c ? shard.CountryStarts[c] : 0;
            var end = country is { } d ? shard.CountryStarts[d + 1] : shard.Count;
            for (var row = first; row < end; row += UserTile.Capacity)
            {
                tiles.Add((s, row, Math.Min(UserTile.Capacity, end - row)));
            }
        }

        return tiles;
    }

    private static void Clean(Span<float> scores, ReadOnlySpan<byte> active)
    {
        for (var i = 0; i < scores.Length; i++)
        {
            if (!float.IsFinite(scores[i]))
            {
                throw new KindredException(ErrorKind.Corrupt,
                    "A score is not finite: the population's embeddings or the model are damaged. Run the command again after checking both folders, " +
                    "or make them again with `kindred embed` and `kindred train`.");
            }

            // −0 and 0 are one score, whatever their bits say.
            scores[i] = active[i] != 0 ? scores[i] + 0f : float.NegativeInfinity;
        }
    }
}
