using System.Text.Json.Nodes;
using Kindred.Catalog;
using Kindred.Data.Folders;
using Kindred.Data.Forgotten;
using Kindred.Data.Models;

namespace Kindred.Data.Forgetting;

/// <summary>Removes forgotten users from a folder of models: from the lists of seeds, and with the models that hold a user.</summary>
/// <remarks>A model that stores embeddings or items of single seeds (<see cref="SeedModels.ScorerFormat.HoldsSeeds"/>), such as nearest
/// seeds, the Jaccard score and blends with them, is deleted if one of its seeds is. Parameters and training figures of other models stay
/// until the next training: they are sums over all seeds.</remarks>
internal static class ModelFolderWithout
{
    /// <summary>Rewrites a folder in place; without a forgotten user in it the folder is left as it is.</summary>
    /// <returns>The removed seeds, and the lists whose models were deleted.</returns>
    /// <exception cref="KindredException">The folder is damaged, or cannot be written; it stays as it was.</exception>
    public static RemovedUsers Replace(string folder, Tombstones tombstones)
    {
        var before = FolderManifest.Read(folder, ModelFolder.Format, ModelFolder.FormatVersion, ModelFolder.Remedy);
        before.Verify(folder, ModelFolder.Remedy, checksums: false);
        return ManifestContent.Read(folder, ModelFolder.Format, ModelFolder.Remedy, () => Replace(folder, tombstones, before));
    }

    /// <summary>Finds the models that must be deleted.</summary>
    /// <param name="folder">A folder of models.</param>
    /// <param name="tombstones">The forgotten users.</param>
    /// <returns>Their positions, ascending.</returns>
    /// <exception cref="KindredException">The folder is damaged.</exception>
    public static IReadOnlyList<int> FindDeleted(string folder, Tombstones tombstones)
    {
        var manifest = FolderManifest.Read(folder, ModelFolder.Format, ModelFolder.FormatVersion, ModelFolder.Remedy);
        return ManifestContent.Read(folder, ModelFolder.Format, ModelFolder.Remedy, () =>
        {
            var models = manifest.Content["models"]!.AsArray();
            if (!models.Any(model => HoldsSeeds(model!["scorer"]))) return [];
            return FindDeleted(models, ModelFolder.ReadSeeds(folder, models), tombstones);
        });
    }

    /// <summary>Writes a folder of models without some of them, and without forgotten users among the seeds of the others.</summary>
    public static void Write(string folder, string outFolder, Tombstones tombstones, IReadOnlyList<int> deleted)
    {
        var models = ModelFolder.Open(folder);
        ModelFolder.Write(outFolder, models with
        {
            Models = [.. models.Models.Where((_, i) => !deleted.Contains(i))
                .Select(model => model with { Seeds = tombstones.Without(model.Seeds) })],
        });
    }

    private static RemovedUsers Replace(string folder, Tombstones tombstones, FolderManifest before)
    {
        var content = (JsonObject)before.Content.DeepClone();
        var models = content["models"]!.AsArray();
        var seeds = ModelFolder.ReadSeeds(folder, models);
        var kept = seeds.Select(tombstones.Without).ToArray();
        var removed = seeds.Sum(list => list.Count) - kept.Sum(list => list.Count);
        var ids = models.Select(model => model!["seedListId"]!.GetValue<string>()).ToArray();
        if (FindDeleted(models, seeds, tombstones) is { Count: > 0 } deleted)
        {
            InPlace.ReplaceFolder(folder, before, path => Write(folder, path, tombstones, deleted));
            return new RemovedUsers(removed, [.. deleted.Select(i => ids[i])]);
        }

        if (removed == 0) return RemovedUsers.None;
        for (var i = 0; i < kept.Length; i++) models[i]!["seeds"] = kept[i].Count;
        InPlace.ReplaceFolder(folder, before, path => FolderRewrite.Write(
            folder, path, before, new HashSet<string> { ModelFolder.SeedFile }, ModelFolder.Remedy, () =>
            {
                ModelFolder.WriteSeeds(Path.Combine(path, ModelFolder.SeedFile), ids.Zip(kept));
                return content;
            }));
        return new RemovedUsers(removed, []);
    }

    // A model that holds seeds and does not say whose was stored by an earlier version: it may hold any user.
    private static List<int> FindDeleted(JsonArray models, IReadOnlyList<Kindred.Populations.IdList> seeds, Tombstones tombstones) =>
    [
        .. Enumerable.Range(0, models.Count).Where(i => HoldsSeeds(models[i]!["scorer"])
            && (seeds[i].Count == 0 || !ReferenceEquals(tombstones.Without(seeds[i]), seeds[i]))),
    ];

    // The first version of the format had only networks and did not name them.
    private static bool HoldsSeeds(JsonNode? scorer) => scorer is not null
        && (Methods.All.HoldsSeeds(scorer["kind"]!.GetValue<string>()) || scorer["parts"]!.AsArray().Any(HoldsSeeds));
}
