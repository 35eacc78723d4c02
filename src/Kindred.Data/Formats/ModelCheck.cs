using Kindred.Data.Folders;
using Kindred.Data.Models;
using Kindred.Data.Safetensors;

namespace Kindred.Data.Formats;

/// <summary>Checks a folder of models: parameters must be finite and make a scorer for every model.</summary>
internal static class ModelCheck
{
    public static void Run(string folder, FolderManifest manifest, ProblemList problems)
    {
        var file = Path.Combine(folder, ModelFolder.TensorFile);
        problems.Try(() =>
        {
            using var tensors = SafetensorsFile.Open(file);
            foreach (var tensor in tensors.Tensors)
            {
                PopulationCheck.RequireFinite($"{file}, tensor '{tensor.Name}',", tensors.Read(tensor.Name), problems);
            }

        });
        problems.Try(() =>
        {
            var models = ModelFolder.Read(folder, manifest).Models;
            var said = manifest.Content["models"]!.AsArray();
            for (var i = 0; i < models.Count; i++)
            {
                if (said[i]!["seeds"]?.GetValue<int>() is not { } seeds) continue;
                var (list, found) = (models[i].SeedListId, models[i].Seeds.Count);
                problems.Require(seeds == found, $"{folder} has {found:N0} seeds of list '{list}', but its manifest says {seeds:N0}");
            }
        });
    }
}
