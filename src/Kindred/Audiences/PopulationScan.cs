using Kindred.Numerics;
using Kindred.Populations;
using Kindred.Scoring;

namespace Kindred.Audiences;

/// <summary>Users of one shard that are scored together.</summary>
/// <param name="Shard">Index of the shard.</param>
/// <param name="FirstRow">The first row, if they are consecutive.</param>
/// <param name="Count">Number of users.</param>
/// <param name="Rows">Their rows, if they are not consecutive.</param>
internal readonly record struct ShardSlice(int Shard, int FirstRow, int Count, int[]? Rows = null);

/// <summary>Runs scorers over the users of a population, a tile at a time, on several threads.</summary>
internal static class PopulationScan
{
    /// <summary>Receives the scores of one scorer for one tile.</summary>
    /// <param name="worker">The calling thread, 0 to threads − 1: for state that threads do not share.</param>
    /// <param name="scorer">Index of the scorer.</param>
    /// <param name="shard">Index of the shard.</param>
    /// <param name="users">The users.</param>
    /// <param name="scores">[users] scores from the scorer.</param>
    public delegate void Receiver(int worker, int scorer, int shard, UserTile users, ReadOnlySpan<float> scores);

    /// <summary>Scores users.</summary>
    /// <param name="population">The users.</param>
    /// <param name="tiles">The tiles of users: <see cref="Tiles(Population, int?)"/> for all.</param>
    /// <param name="scorers">The scorers to run on each tile.</param>
    /// <param name="threads">Worker threads. Tiles come to a receiver in no particular order.</param>
    /// <param name="receive">Takes the scores.</param>
    /// <param name="progress">Receives the number of completed users; called from several threads.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    public static void Run(
        Population population, IReadOnlyList<ShardSlice> tiles, IReadOnlyList<IUserScorer> scorers, int threads,
        Receiver receive, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        if (scorers.Any(scorer => scorer.Reads.HasFlag(UserInputs.Items))) population.RequireItems();
        var withEmbeddings = scorers.Any(scorer => scorer.Reads.HasFlag(UserInputs.Embedding));
        var blocks = ScorerBlock.Of(scorers);
        var workers = new Worker?[threads];
        try
        {
            Workers.Run(threads, tiles.Count, (piece, w) =>
            {
                var worker = workers[w] ??= new Worker(population.Dimension, Math.Min(scorers.Count, ScorerBlock.Size));
                var (shard, firstRow, count, rows) = tiles[piece];
                if (rows is null) worker.Tile.Load(population.Shards[shard], firstRow, count, withEmbeddings);
                else worker.Tile.Load(population.Shards[shard], rows, withEmbeddings);
                var first = 0;
                foreach (var block in blocks)
                {
                    block.Score(worker.Tile, worker.Scores);
                    for (var s = 0; s < block.Count; s++)
                    {
                        receive(w, first + s, shard, worker.Tile, ScorerBlock.Of(worker.Scores, s)[..count]);
                    }
                    first += block.Count;
                }

                progress?.Invoke(count);
            }, cancellation);
        }
        finally
        {
            foreach (var worker in workers) worker?.Dispose();
        }
    }

    /// <summary>All users of a country, or all users, in tiles.</summary>
    /// <param name="population">The users.</param>
    /// <param name="country">Index in <see cref="Population.Countries"/>, or null for all users.</param>
    public static List<ShardSlice> Tiles(Population population, int? country)
    {
        var tiles = new List<ShardSlice>();
        for (var shard = 0; shard < population.Shards.Count; shard++) tiles.AddRange(Tiles(population, shard, country));
        return tiles;
    }

    /// <summary>The users of one shard in a country, or all of them, in tiles.</summary>
    /// <param name="population">The users.</param>
    /// <param name="shard">Index of the shard.</param>
    /// <param name="country">Index in <see cref="Population.Countries"/>, or null for all users.</param>
    public static IEnumerable<ShardSlice> Tiles(Population population, int shard, int? country)
    {
        var room = UserTile.RoomFor(population.Dimension);
        var (first, end) = population.Shards[shard].RowsOf(country);
        for (var row = first; row < end; row += room) yield return new ShardSlice(shard, row, Math.Min(room, end - row));
    }

    /// <summary>The given users of one shard, in tiles.</summary>
    /// <param name="dimension">Length of an embedding.</param>
    /// <param name="shard">Index of the shard.</param>
    /// <param name="rows">Rows, ascending.</param>
    public static IEnumerable<ShardSlice> Tiles(int dimension, int shard, IEnumerable<int> rows) =>
        rows.Chunk(UserTile.RoomFor(dimension)).Select(chunk => new ShardSlice(shard, chunk[0], chunk.Length, chunk));

    /// <summary>The error of a score that is not a finite number.</summary>
    public static KindredException NotFinite() => new(
        ErrorKind.Corrupt, "score_not_finite", "A score is not finite: the population's embeddings or the model are damaged.",
        "Verify the population and the model, and make the damaged one again.");

    /// <summary>The working space of one thread.</summary>
    private sealed class Worker(int dimension, int scorers) : IDisposable
    {
        private readonly AlignedMatrix _scores = new(scorers, UserTile.Capacity);

        public UserTile Tile { get; } = new(dimension);

        public Span<float> Scores => _scores.RowRange(0, scorers);

        public void Dispose()
        {
            Tile.Dispose();
            _scores.Dispose();
        }
    }
}
