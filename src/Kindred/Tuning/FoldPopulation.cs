using Kindred.Embeddings;
using Kindred.Populations;

namespace Kindred.Tuning;

/// <summary>A population without some items: its users lack them, and its embeddings are trained without them.</summary>
internal static class FoldPopulation
{
    /// <summary>Hides items and trains the embeddings again.</summary>
    /// <param name="population">One shard, with items.</param>
    /// <param name="hidden">Item numbers.</param>
    /// <param name="options">The options that the embeddings were trained with.</param>
    /// <param name="progress">Receives the completed share, 0 to 1.</param>
    /// <param name="cancellation">Stops the training.</param>
    /// <remarks>
    /// If hiding takes a user below the minimum number of items that any user has, that alone would reveal that the user is on a list. Such
    /// users are made inactive, so that they are neither trained on nor ranked.
    /// </remarks>
    public static Population Without(
        Population population, IReadOnlySet<int> hidden, IalsOptions options, Action<double>? progress, CancellationToken cancellation)
    {
        var shard = population.Shards[0];
        var rows = Hide(shard.Features!, hidden);
        var interactions = new InteractionMatrix(shard.UserIds, population.Items, rows);
        using var trained = IalsTrainer.Train(interactions, options, progress, cancellation);
        var (activity, scale) = Activity.Of(rows);
        var embeddings = new float[(long)rows.Count * options.TotalDimension];
        for (var user = 0; user < rows.Count; user++) trained.Users.Row(user).CopyTo(embeddings.AsSpan(user * options.TotalDimension));
        var changed = new PopulationShard
        {
            UserIds = shard.UserIds,
            Dimension = options.TotalDimension,
            Embeddings = embeddings,
            Activity = activity,
            Active = StillActive(shard, rows),
            CountryStarts = shard.CountryStarts,
            RowsById = shard.RowsById,
            Features = rows,
        };
        return new Population([changed], population.Countries, scale, population.Items, population.Version);
    }

    private static SparseRows Hide(SparseRows rows, IReadOnlySet<int> hidden)
    {
        var starts = new long[rows.Count + 1];
        var columns = new List<int>((int)rows.Entries);
        var weights = new List<float>((int)rows.Entries);
        for (var user = 0; user < rows.Count; user++)
        {
            var items = rows.ColumnsOf(user);
            var of = rows.WeightsOf(user);
            for (var i = 0; i < items.Length; i++)
            {
                if (hidden.Contains(items[i])) continue;
                columns.Add(items[i]);
                weights.Add(of[i]);
            }

            starts[user + 1] = columns.Count;
        }

        return new SparseRows(starts, columns.ToArray(), weights.ToArray());
    }

    private static byte[] StillActive(PopulationShard before, SparseRows after)
    {
        var fewest = int.MaxValue;
        for (var user = 0; user < after.Count; user++)
        {
            var items = before.Features!.ColumnsOf(user).Length;
            if (items > 0 && before.Active.Span[user] != 0) fewest = Math.Min(fewest, items);
        }

        var active = before.Active.ToArray();
        for (var user = 0; user < after.Count; user++)
        {
            var (had, has) = (before.Features!.ColumnsOf(user).Length, after.ColumnsOf(user).Length);
            if (has < had && has < fewest) active[user] = 0;
        }

        return active;
    }
}
