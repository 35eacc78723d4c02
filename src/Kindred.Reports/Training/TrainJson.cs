using System.Text.Json.Nodes;
using Kindred.Data.Models;

namespace Kindred.Reports.Training;

/// <summary>Trained models as JSON.</summary>
public static class TrainJson
{
    /// <summary>The models of a folder, with their training figures.</summary>
    public static JsonObject Of(ModelSet models, string folder) => new()
    {
        ["models"] = folder,
        ["version"] = models.Version,
        ["method"] = models.Method,
        ["population_version"] = models.PopulationVersion,
        ["lists"] = new JsonArray([.. models.Models.Select(ToJson)]),
    };

    private static JsonObject ToJson(StoredModel model)
    {
        var json = new JsonObject(model.Report.Select(pair => KeyValuePair.Create(pair.Key, JsonText.Number(pair.Value))))
        {
            ["seed_list_id"] = model.SeedListId,
            ["users"] = model.Given,
            ["matched"] = model.Seeds.Count,
        };
        if (model.Reason is not null) json["reason"] = model.Reason;
        return json;
    }
}
