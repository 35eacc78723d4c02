using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kindred.Worlds;
using Kindred.Worlds.Delivery;

namespace Kindred.App.Simulation;

/// <summary>A simulated test as JSON.</summary>
public static class SimulationJson
{
    private static readonly JsonSerializerOptions _options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The content of the folder's manifest.</summary>
    internal static JsonObject Manifest(SimulateExperimentRequest request, SimulatedExperiment result) => new()
    {
        ["comparison"] = ExperimentComparisons.NameOf(request.Comparison),
        ["users"] = request.World.Users,
        ["seedLists"] = request.World.SeedLists,
        ["days"] = request.Delivery.Days,
        ["preDays"] = request.Delivery.PreDays,
        ["rows"] = result.Rows,
        ["seed"] = request.World.Seed.ToString(CultureInfo.InvariantCulture),
        ["marketSeed"] = request.Delivery.Seed.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The truth, which no analysis can know.</summary>
    internal static JsonObject Truth(
        SimulateExperimentRequest request, World world, AdDelivery delivery, ServedSystems systems, SimulatedTest test,
        SimulatedExperiment result) => new()
        {
            ["comparison"] = ExperimentComparisons.NameOf(request.Comparison),
            ["size"] = request.Size.ToString(),
            ["start"] = delivery.Start,
            ["end"] = delivery.End,
            ["market"] = JsonSerializer.SerializeToNode(request.Delivery, _options),
            ["systems"] = new JsonArray([.. systems.All.Select(system =>
                new JsonObject { ["name"] = system.Name, ["description"] = system.Description })]),
            ["arms"] = new JsonArray([.. test.ArmNames.Select((arm, i) => new JsonObject
        {
            ["arm"] = arm,
            ["system"] = result.Systems[i],
            ["test"] = Of(result.Test.Arms[i]),
            ["launched_to_everybody"] = Of(result.Launched[i]),
        })]),
            ["effects"] = Effects(result.Launched),
            ["advertisers"] = new JsonArray([.. world.Advertisers.Select((advertiser, i) => Of(advertiser, i, delivery, systems))]),
        };

    /// <summary>Counts and metrics of one arm.</summary>
    public static JsonObject Of(ArmOutcome arm) => new()
    {
        ["counts"] =
            JsonSerializer.SerializeToNode(arm with { MeanAffinity = double.IsFinite(arm.MeanAffinity) ? arm.MeanAffinity : 0 }, _options),
        ["metrics"] =
            new JsonObject(SimulationFigures.Of(arm).Select(figure => KeyValuePair.Create(figure.Name, (JsonNode?)Number(figure.Value)))),
    };

    /// <summary>The relative effects on each figure if the treatment's system instead of the control's served all users.</summary>
    public static JsonObject Effects(IReadOnlyList<ArmOutcome> launched) =>
        new(SimulationFigures.Of(launched[0]).Zip(SimulationFigures.Of(launched[1]), (control, treatment) =>
            KeyValuePair.Create(control.Name, (JsonNode?)Number((treatment.Value / control.Value) - 1))));

    // JSON cannot express NaN.
    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    private static JsonObject Of(WorldAdvertiser advertiser, int index, AdDelivery delivery, ServedSystems systems)
    {
        var json = new JsonObject { ["advertiser"] = advertiser.Name, ["seeds"] = advertiser.SeedCount };
        for (var system = 0; system < systems.Systems; system++)
        {
            var (users, affinity) = delivery.AudiencesOf(system)[index];
            json[systems.All[system].Name] = new JsonObject { ["users"] = users, ["mean_affinity"] = Number(affinity) };
        }

        if (systems.Systems == 2) json["users_in_both"] = delivery.InBoth(0, 1)[index];
        return json;
    }
}
