using System.Text.Json.Nodes;
using Kindred.Data.Folders;
using Kindred.Data.Tuning;

namespace Kindred.Data.Formats;

/// <summary>The facts about a population's tuning.</summary>
internal static class TuningFacts
{
    public static JsonObject Of(string folder, FolderManifest manifest)
    {
        var tuning = TuningFolder.Read(folder, manifest);
        return new JsonObject
        {
            ["source"] = tuning.Source == Kindred.Tuning.TuningSource.PseudoLists ? "pseudo lists" : "seed lists",
            ["lists"] = tuning.Lists.Count,
            ["choices"] = tuning.Choices.Count,
            ["recall_of_methods"] = new JsonObject(tuning.Methods
                .OrderByDescending(method => method.Recall)
                .Select(method => KeyValuePair.Create(method.Id, (JsonNode?)Math.Round(method.Recall, 4)))),
            ["embedding_space"] = tuning.EmbeddingSpace,
        };
    }
}
