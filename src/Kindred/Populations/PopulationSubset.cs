namespace Kindred.Populations;

/// <summary>Some users of a population as a separate population, copied into memory to score or train on a sample.</summary>
internal static class PopulationSubset
{
    /// <summary>Copies users.</summary>
    /// <param name="population">Their population.</param>
    /// <param name="users">Distinct users; the copy's only shard holds them in this order, so their rows are 0, 1, 2, ….</param>
    /// <returns>A population without countries that keeps the activity's scale and the items' numbers.</returns>
    public static Population Of(Population population, IReadOnlyList<UserRow> users)
    {
        var dimension = population.Dimension;
        var embeddings = new float[(long)users.Count * dimension];
        var activity = new float[population.HasActivity ? users.Count : 0];
        var active = new byte[users.Count];
        var offsets = new long[users.Count + 1];
        for (var i = 0; i < users.Count; i++) offsets[i + 1] = offsets[i] + population.UserId(users[i]).Length;
        var ids = new byte[offsets[^1]];
        for (var i = 0; i < users.Count; i++)
        {
            var (shard, row) = (population.Shards[users[i].Shard], users[i].Row);
            shard.Embeddings.Span.Slice(row * dimension, dimension).CopyTo(embeddings.AsSpan(i * dimension));
            if (population.HasActivity) activity[i] = shard.Activity.Span[row];
            active[i] = shard.Active.Span[row];
            shard.UserIds[row].CopyTo(ids.AsSpan((int)offsets[i]));
        }

        var list = new IdList(ids, offsets);
        var byId = new int[users.Count];
        for (var i = 0; i < byId.Length; i++) byId[i] = i;
        Array.Sort(byId, (a, b) => list[a].SequenceCompareTo(list[b]));
        var only = new PopulationShard
        {
            UserIds = list,
            Dimension = dimension,
            Embeddings = embeddings,
            Activity = activity,
            Active = active,
            CountryStarts = [0, users.Count],
            RowsById = byId,
            Features = population.HasItems ? ItemsOf(population, users) : null,
        };
        return new Population([only], [""], population.Activity, population.Items, population.Version);
    }

    private static SparseRows ItemsOf(Population population, IReadOnlyList<UserRow> users)
    {
        var starts = new long[users.Count + 1];
        for (var i = 0; i < users.Count; i++)
        {
            starts[i + 1] = starts[i] + population.Shards[users[i].Shard].Features!.ColumnsOf(users[i].Row).Length;
        }

        var (columns, weights) = (new int[starts[^1]], new float[starts[^1]]);
        for (var i = 0; i < users.Count; i++)
        {
            var rows = population.Shards[users[i].Shard].Features!;
            rows.ColumnsOf(users[i].Row).CopyTo(columns.AsSpan((int)starts[i]));
            rows.WeightsOf(users[i].Row).CopyTo(weights.AsSpan((int)starts[i]));
        }

        return new SparseRows(starts, columns, weights);
    }
}
