using System.Text.Json.Nodes;
using Kindred.Data.Folders;
using Kindred.Data.Models;

namespace Kindred.Data.Forgetting;

/// <summary>Removes forgotten users from the seeds in a folder of models.</summary>
/// <remarks>Parameters and training figures stay until the next training. A method that keeps its seeds' embeddings or items as
/// parameters, such as nearest seeds and the Jaccard score, keeps these too.</remarks>
internal static class ModelFolderWithout
{
    /// <summary>Rewrites a folder in place.</summary>
    /// <returns>The number of removed seeds, a user of two lists counted twice; with none the folder is left as it is.</returns>
    /// <exception cref="KindredException">The folder is damaged, or cannot be written; it stays as it was.</exception>
    public static int Replace(string folder, Tombstones tombstones)
    {
        var before = FolderManifest.Read(folder, ModelFolder.Format, ModelFolder.FormatVersion, ModelFolder.Remedy);
        before.Verify(folder, ModelFolder.Remedy, checksums: false);
        return ManifestContent.Read(folder, ModelFolder.Format, ModelFolder.Remedy, () => Replace(folder, tombstones, before));
    }

    private static int Replace(string folder, Tombstones tombstones, FolderManifest before)
    {
        var content = (JsonObject)before.Content.DeepClone();
        var models = content["models"]!.AsArray();
        var seeds = ModelFolder.ReadSeeds(folder, models);
        var kept = seeds.Select(tombstones.Without).ToArray();
        var removed = seeds.Sum(list => list.Count) - kept.Sum(list => list.Count);
        if (removed == 0) return 0;

        var lists = models.Select((model, i) => (model!["seedListId"]!.GetValue<string>(), kept[i])).ToArray();
        for (var i = 0; i < kept.Length; i++) models[i]!["seeds"] = kept[i].Count;
        InPlace.ReplaceFolder(folder, before, path => FolderRewrite.Write(
            folder, path, before, new HashSet<string> { ModelFolder.SeedFile }, ModelFolder.Remedy, () =>
            {
                ModelFolder.WriteSeeds(Path.Combine(path, ModelFolder.SeedFile), lists);
                return content;
            }));
        return removed;
    }
}
