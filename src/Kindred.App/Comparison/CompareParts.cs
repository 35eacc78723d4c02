using System.Globalization;
using System.IO.Hashing;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kindred.App.Evaluation;
using Kindred.Catalog;
using Kindred.Data.Folders;
using Kindred.Data.Tuning;
using Kindred.Evaluation;
using Kindred.Populations;
using Kindred.SeedLists;

namespace Kindred.App.Comparison;

/// <summary>The finished methods of a comparison, kept so that a stopped run can be resumed and ends with the same bytes.</summary>
internal static class CompareParts
{
    private const string Format = "kindred-comparison-parts";

    // Derived figures are not kept. Some of them are NaN, which JSON cannot express.
    private static readonly JsonSerializerOptions _json = new() { IgnoreReadOnlyProperties = true };

    public static PartsFolder Open(CompareRequest request, Population population, IReadOnlyList<IReadOnlyList<HoldOut>> splits) =>
        PartsFolder.Open(request.Out, Format, Identity(request.Evaluate, population, splits), request.Resume);

    public static string Name(string method, int? seeds) =>
        seeds is null ? method : string.Create(CultureInfo.InvariantCulture, $"{method}-{seeds}");

    /// <summary>Reads a part; returns null if it is not finished or is damaged.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="name">The name of the part.</param>
    /// <param name="tuning">The identity of the method's tuning: a part of another tuning is not used.</param>
    /// <param name="damaged">True if the part exists but is damaged.</param>
    public static ComparedPart? Read(PartsFolder parts, string name, string tuning, out bool damaged)
    {
        if (parts.Read(name, out damaged) is not { } json || json["tuning"]?.ToString() != tuning) return null;
        try
        {
            return new ComparedPart(ToResult(json["result"]!), JsonSerializer.Deserialize<MethodCost>(json["cost"])!,
                json["reads"]!.GetValue<string>());
        }
        catch (Exception error) when (error is NullReferenceException or JsonException or InvalidOperationException or FormatException)
        {
            damaged = true;
            return null;
        }
    }

    public static void Write(PartsFolder parts, string name, string tuning, ComparedPart part) => parts.Write(name, new JsonObject
    {
        ["tuning"] = tuning,
        ["result"] = ToJson(part.Result),
        ["cost"] = JsonSerializer.SerializeToNode(part.Cost),
        ["reads"] = part.Reads,
    });

    /// <summary>The identity of the tuning that a method depends on; empty if it needs none.</summary>
    public static string Tuning(string method, string populationFolder)
    {
        var manifest = Path.Combine(TuningFolder.PathIn(populationFolder), FolderManifest.FileName);
        return Methods.All.Get(method).NeedsTuning && File.Exists(manifest)
            ? Convert.ToHexStringLower(XxHash128.Hash(File.ReadAllBytes(manifest)))
            : "";
    }

    /// <summary>Everything that a method's figures depend on.</summary>
    private static Dictionary<string, string> Identity(EvaluateRequest request, Population population,
        IReadOnlyList<IReadOnlyList<HoldOut>> splits) => new(StringComparer.Ordinal)
        {
            ["population"] = population.Version,
            ["seed lists, weights or hold-out"] = Digest(request.Seeds.Weights, population, splits),
            ["settings"] = JsonSerializer.Serialize(new { request.Method, Evaluation = request.Evaluation with { Threads = 1 } }),
            // Another build may compute other figures.
            ["version of kindred"] =
            string.Join(" ", typeof(EvaluationResult).Module.ModuleVersionId, typeof(CompareParts).Module.ModuleVersionId),
        };

    private static string Digest(SampleWeightOptions weights, Population population, IReadOnlyList<IReadOnlyList<HoldOut>> splits)
    {
        var hash = new XxHash128();
        foreach (var split in splits.SelectMany(list => list))
        {
            hash.Append(System.Text.Encoding.UTF8.GetBytes(split.Training.List.Id + "\0"));
            Append(split.Training);
            hash.Append(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(SampleWeights.Of(split.Training, weights)));
            Append(split.Held);
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());

        void Append(SeedMatch users)
        {
            hash.Append(BitConverter.GetBytes(users.Users.Count));
            hash.Append(BitConverter.GetBytes(users.List.Given));
            foreach (var user in users.Users) hash.Append(BitConverter.GetBytes(UserHash.Of(population.UserId(user))));
        }
    }

    private static JsonObject ToJson(EvaluationResult result) => new()
    {
        ["method"] = result.Method,
        ["fractions"] = JsonSerializer.SerializeToNode(result.Fractions),
        ["lists"] = JsonSerializer.SerializeToNode(result.Lists, _json),
        ["costPerPair"] = double.IsFinite(result.CostPerPair) ? result.CostPerPair : null,
    };

    private static EvaluationResult ToResult(JsonNode json) => new(
        json["method"]!.GetValue<string>(), json["fractions"].Deserialize<double[]>()!, json["lists"].Deserialize<ListEvaluation[]>()!)
    {
        CostPerPair = json["costPerPair"]?.GetValue<double>() ?? double.NaN,
    };
}
