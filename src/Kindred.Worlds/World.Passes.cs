namespace Kindred.Worlds;

public sealed partial class World
{
    // Fixed, so that sums over chunks are the same whatever the number of threads.
    private const int ChunkUsers = 16_384;

    /// <summary>Draws the seed lists of all advertisers in one pass over the users.</summary>
    /// <param name="threads">Maximum threads to use; the result does not depend on it. Default (0): one per processor.</param>
    /// <param name="cancellation">Stops the pass.</param>
    /// <remarks>Memory: about 40 bytes per seed and thread while drawing.</remarks>
    public IReadOnlyList<WorldSeedList> SeedLists(int threads = 0, CancellationToken cancellation = default)
    {
        var all = new SeedDraw(this);
        ForEachChunk(threads, () => new SeedDraw(this),
            (draw, _, users) =>
            {
                foreach (var user in users) draw.Add(user);
            },
            all.AddAll, cancellation);
        return all.ToLists();
    }

    /// <summary>Measures what a perfect model could reach, by ranking each advertiser's candidates by their true affinity.</summary>
    /// <param name="size">Users of an audience, at least 1.</param>
    /// <param name="lists">The seed lists of all advertisers. Candidates are the active users who are not seeds.</param>
    /// <param name="threads">Maximum threads to use; the result does not depend on it. Default (0): one per processor.</param>
    /// <param name="cancellation">Stops the pass.</param>
    /// <remarks>Memory: about 40 bytes per audience user and thread for each advertiser, and per seed.</remarks>
    public IReadOnlyList<AffinityTruth> MeasureTruth(
        long size, IReadOnlyList<WorldSeedList> lists, int threads = 0, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        var seeds = lists.OrderBy(list => list.Advertiser.Index).Select(list => list.Seeds.Select(seed => seed.UserIndex).ToHashSet())
            .ToArray();
        var all = new TruthMeasure(this, size, seeds);
        ForEachChunk(threads, () => new TruthMeasure(this, size, seeds),
            (measure, chunk, users) => measure.Add(chunk, users), all.AddAll, cancellation);
        return all.ToTruths();
    }

    private void ForEachChunk<T>(
        int threads, Func<T> start, Action<T, long, IEnumerable<WorldUser>> visit, Action<T> merge, CancellationToken cancellation)
    {
        var settings = new ParallelOptions
        {
            CancellationToken = cancellation,
            MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount,
        };
        var merging = new Lock();
        Parallel.For(0L, (Options.Users + ChunkUsers - 1) / ChunkUsers, settings, start,
            (chunk, _, state) =>
            {
                visit(state, chunk, Users(chunk * ChunkUsers, ChunkUsers));
                return state;
            },
            state =>
            {
                lock (merging) merge(state);
            });
    }
}
