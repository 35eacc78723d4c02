using Kindred.Data.Folders;
using Kindred.Data.Populations;
using Kindred.Populations;

namespace Kindred.Data.Formats;

/// <summary>Checks a population: shapes, order of users, values.</summary>
internal static class PopulationCheck
{
    public static void Run(string folder, FolderManifest written, ProblemList problems)
    {
        var manifest = PopulationManifest.From(written, folder);
        var path = Path.Combine(folder, FolderManifest.FileName);
        var (inShards, inCountries) = (manifest.Shards.Sum(shard => (long)shard.Users), manifest.Countries.Sum(country => country.Users));
        problems.Require(manifest.Users == inShards, $"{path} says {manifest.Users:N0} users, but its shards have {inShards:N0}");
        problems.Require(manifest.Users == inCountries, $"{path} says {manifest.Users:N0} users, but its countries have {inCountries:N0}");
        problems.Require(
            double.IsFinite(manifest.Activity.Mean) && manifest.Activity.Deviation > 0,
            $"{path} has an impossible mean or deviation of the activity");
        CheckItems(folder, written, manifest, problems);

        var active = new long[manifest.Shards.Count];
        var found = manifest.Shards.Select(_ => new ProblemList("")).ToArray();
        Parallel.For(0, manifest.Shards.Count, i => found[i].Try(() =>
        {
            using var files = new ShardFiles();
            var shard = files.OpenShard(folder, manifest.Shards[i], manifest);
            var at = Path.Combine(folder, manifest.Shards[i].Folder);
            active[i] = CheckUsers(at, shard, i, manifest.Shards.Count, found[i]);
            CheckValues(at, shard, manifest.Items, found[i]);
        }));
        foreach (var sentence in found.SelectMany(list => list.Kept)) problems.Add(sentence);
        if (found.All(list => list.Count == 0))
        {
            problems.Require(active.Sum() == manifest.ActiveUsers,
                $"{path} says {manifest.ActiveUsers:N0} active users, but the shards have {active.Sum():N0}");
        }
    }

    private static void CheckItems(string folder, FolderManifest written, PopulationManifest manifest, ProblemList problems) =>
        problems.Try(() =>
    {
        var at = Path.Combine(folder, PopulationFormat.ItemsFolder);
        using var files = new ShardFiles();
        files.OpenIds(at, PopulationFormat.ItemIds, PopulationFormat.ItemIdOffsets, manifest.Items);
        if (!written.Files.Any(file => file.Path == $"{PopulationFormat.ItemsFolder}/{PopulationFormat.Embeddings}")) return;
        var embeddings = files.Map<float>(at, PopulationFormat.Embeddings, axes: 2);
        ShardFiles.Check(at, PopulationFormat.Embeddings, embeddings.Shape[0] == manifest.Items
            && embeddings.Shape[1] == manifest.Dimension);
        files.Sized<int>(at, PopulationFormat.ItemUsers, manifest.Items);
        RequireFinite(Path.Combine(at, PopulationFormat.Embeddings), embeddings.Memory.Span, problems);
    });

    /// <returns>Active users.</returns>
    private static long CheckUsers(string at, PopulationShard shard, int number, int shards, ProblemList problems)
    {
        var ids = shard.UserIds;
        var offsets = ids.Offsets.Span;
        for (var row = 0; row < shard.Count; row++)
        {
            if (offsets[row + 1] - offsets[row] is >= 1 and <= IdList.MaxBytes) continue;
            var path = Path.Combine(at, PopulationFormat.UserIdOffsets);
            problems.Add($"{path} gives row {row:N0} an id of {offsets[row + 1] - offsets[row]:N0} bytes");
            return 0;
        }

        var (misplaced, unsorted, active) = (0, 0, 0L);
        for (var row = 0; row < shard.Count; row++)
        {
            if (UserHash.ShardOf(UserHash.Of(ids[row]), shards) != number) misplaced++;
            if (row > 0 && !shard.CountryStarts.Contains(row) && ids[row - 1].SequenceCompareTo(ids[row]) >= 0) unsorted++;
            active += shard.Active.Span[row];
        }

        var file = Path.Combine(at, PopulationFormat.UserIds);
        problems.Require(misplaced == 0, $"{file} has {misplaced:N0} users who belong to another shard");
        problems.Require(unsorted == 0, $"{file} has {unsorted:N0} users who are out of order in their country");
        var flags = Path.Combine(at, PopulationFormat.Active);
        problems.Require(!shard.Active.Span.ContainsAnyExceptInRange((byte)0, (byte)1), $"{flags} has values other than 0 and 1");
        problems.Require(IsIndex(shard),
            $"{Path.Combine(at, PopulationFormat.RowsById)} does not list every row once, in the order of ids");
        return active;
    }

    private static bool IsIndex(PopulationShard shard)
    {
        var rows = shard.RowsById.Span;
        for (var i = 0; i < rows.Length; i++)
        {
            if ((uint)rows[i] >= (uint)shard.Count) return false;
            if (i > 0 && shard.UserIds[rows[i - 1]].SequenceCompareTo(shard.UserIds[rows[i]]) >= 0) return false;
        }

        return true;
    }

    private static void CheckValues(string at, PopulationShard shard, int items, ProblemList problems)
    {
        RequireFinite(Path.Combine(at, PopulationFormat.Embeddings), shard.Embeddings.Span, problems);
        RequireFinite(Path.Combine(at, PopulationFormat.Activity), shard.Activity.Span, problems);
        if (shard.Features is not { } features) return;
        var starts = features.Starts.Span;
        for (var i = 1; i < starts.Length; i++)
        {
            if (starts[i] >= starts[i - 1]) continue;
            problems.Add($"{Path.Combine(at, PopulationFormat.FeatureStarts)} does not ascend at row {i - 1:N0}");
            break;
        }

        problems.Require(
            features.Columns.Length == 0 || !features.Columns.Span.ContainsAnyExceptInRange(0, items - 1),
            $"{Path.Combine(at, PopulationFormat.FeatureItems)} has numbers of items that do not exist");
        RequireFinite(Path.Combine(at, PopulationFormat.FeatureWeights), features.Weights.Span, problems);
    }

    internal static void RequireFinite(string file, ReadOnlySpan<float> values, ProblemList problems)
    {
        var (count, first) = (0L, -1);
        for (var i = 0; i < values.Length; i++)
        {
            if (float.IsFinite(values[i])) continue;
            if (count++ == 0) first = i;
        }

        if (count == 0) return;
        problems.Add($"{file} has {count:N0} values that are NaN or infinite, the first at place {first:N0}");
    }
}
