using Kindred.Data.Folders;
using Kindred.Data.Forgotten;
using Kindred.Data.Populations;
using Kindred.Embeddings;
using Kindred.Populations;

namespace Kindred.Data.Forgetting;

/// <summary>Rewrites a population without some of its users.</summary>
/// <remarks>
/// <para>Only the shards of these users are rewritten, one in memory at a time; other files are linked if the file system can, and
/// copied otherwise. The result is, byte for byte, what <see cref="PopulationSnapshot.Write"/> makes of the other users.</para>
/// <para>Aggregates over all users stay until the next training: the items' embeddings and numbers of users, the activity's scale,
/// and the countries, even empty ones. Models stay valid, because the embedding space is the same.</para>
/// </remarks>
internal static class PopulationWithout
{
    /// <summary>Rewrites a population in place without forgotten users. A process that has it open keeps the old files.</summary>
    /// <returns>The number of removed users; with none the folder is left as it is.</returns>
    /// <exception cref="KindredException">The population is damaged, or the new one cannot be written; the old one stays.</exception>
    public static int Replace(string folder, Tombstones tombstones, CancellationToken cancellation = default)
    {
        var before = PopulationSnapshot.ReadFolder(folder);
        using var population = PopulationSnapshot.Open(folder, verify: false);
        var users = tombstones.In(population);
        if (users.Count > 0)
        {
            InPlace.ReplaceFolder(folder, before, path => Write(folder, before, population, path, users, cancellation));
        }

        return users.Count;
    }

    /// <summary>Writes a population without some users into another folder, which should be one of <see cref="OutputFolder"/>.</summary>
    /// <param name="folder">The population, which is not changed.</param>
    /// <param name="outFolder">An empty folder, or one that is not there yet.</param>
    /// <param name="users">The users to leave out, as rows of the population in <paramref name="folder"/>.</param>
    /// <param name="cancellation">Stops between blocks of users.</param>
    /// <returns>The new manifest.</returns>
    /// <exception cref="KindredException">The population is damaged, or the new one cannot be written.</exception>
    public static PopulationManifest Write(
        string folder, string outFolder, IReadOnlyCollection<UserRow> users, CancellationToken cancellation = default)
    {
        var before = PopulationSnapshot.ReadFolder(folder);
        using var population = PopulationSnapshot.Open(folder, verify: false);
        return Write(folder, before, population, outFolder, users, cancellation);
    }

    private static PopulationManifest Write(
        string folder, FolderManifest before, Population population, string outFolder, IReadOnlyCollection<UserRow> users,
        CancellationToken cancellation)
    {
        PopulationSnapshot.RequireEmpty(outFolder);
        var manifest = PopulationManifest.From(before, folder);
        if (users.Count > 0) manifest = manifest with { Recipe = WithSpace(manifest) };
        var byShard = users.ToLookup(user => user.Shard, user => user.Row);
        var changed = before.Files.Select(file => file.Path)
            .Where(path => byShard.Any(shard => path.StartsWith(manifest.Shards[shard.Key].Folder + "/", StringComparison.Ordinal)))
            .ToHashSet(StringComparer.Ordinal);
        var written = FolderRewrite.Write(folder, outFolder, before, changed, PopulationFormat.Remedy, () =>
        {
            foreach (var rows in byShard.OrderBy(rows => rows.Key))
            {
                var shard = new ShardWithout(population.Shards[rows.Key], rows, Path.Combine(folder, manifest.Shards[rows.Key].Folder));
                manifest = shard.Write(manifest, rows.Key, outFolder, cancellation);
            }

            return manifest.ToJson();
        });
        return manifest with { Version = written.Version };
    }

    // Imported embeddings are a space of their own, named after the first version of the population: the name must stay.
    private static IReadOnlyDictionary<string, string> WithSpace(PopulationManifest manifest) =>
        manifest.Recipe.ContainsKey(PopulationEmbedding.SpaceKey)
        ? manifest.Recipe
        : new Dictionary<string, string>(manifest.Recipe) { [PopulationEmbedding.SpaceKey] = manifest.Version };
}
