using Kindred.Data.Folders;
using Kindred.Data.Models;
using Kindred.Data.Safetensors;

namespace Kindred.Data.Formats;

/// <summary>Looks into a folder of models: every scorer must come out of its parameters, and these be finite.</summary>
internal static class ModelCheck
{
    public static void Run(string folder, FolderManifest manifest, ProblemList problems)
    {
        var file = Path.Combine(folder, ModelFolder.TensorFile);
        problems.Try(() =>
        {
            using var tensors = SafetensorsFile.Open(file);
            foreach (var tensor in tensors.Tensors) PopulationCheck.RequireFinite($"{file}, tensor '{tensor.Name}',", tensors.Read(tensor.Name), problems);
        });
        problems.Try(() =>
        {
            var models = ModelFolder.Read(folder, manifest).Models;
            var said = manifest.Content["models"]!.AsArray();
            for (var i = 0; i < models.Count; i++)
            {
                if (said[i]!["seeds"] is { } seeds) problems.Require(seeds.GetValue<int>() == models[i].Seeds.Count, $"{folder} has {models[i].Seeds.Count:N0} seeds of list '{models[i].SeedListId}', but its manifest says {seeds.GetValue<int>():N0}");
            }
        });
    }
}
