using System.Text.Json.Nodes;
using Kindred.Data.Folders;
using Kindred.Data.Memberships;
using Kindred.Data.Models;
using Kindred.Data.Populations;
using Kindred.Data.Tuning;

namespace Kindred.Data.Formats;

/// <summary>All kinds of folders that Kindred writes. A new kind is one entry here.</summary>
/// <remarks>In every kind, files must match their checksums, and NumPy, safetensors, Parquet and JSON files must be well-formed.</remarks>
public static class FolderFormats
{
    private const string RunRemedy = "Publish another version, or delete the folder and run the daily run again";
    private const string TaskRemedy = "Delete the folder and run the daily run again: it makes what is missing";

    private static readonly string[] TaskFormats =
        ["kindred-task-train", "kindred-task-brackets", "kindred-task-score", "kindred-task-thresholds", "kindred-task-members",
            "kindred-task-lists"];

    /// <summary>The kinds, in the order in which people meet them.</summary>
    public static IReadOnlyList<FolderFormat> All { get; } =
    [
        new(PopulationFormat.Name, PopulationFormat.Version, "population", PopulationFormat.Remedy)
        {
            Check = PopulationCheck.Run,
            Facts = PopulationFacts.Of,
        },
        new(TuningFolder.Format, TuningFolder.FormatVersion, "tuning of a population", TuningFolder.Remedy)
        {
            Check = (folder, manifest, problems) => problems.Try(() => TuningFolder.Read(folder, manifest)),
            Facts = TuningFacts.Of,
        },
        new(ModelFolder.Format, ModelFolder.FormatVersion, "models", ModelFolder.Remedy) { Check = ModelCheck.Run, Facts = ModelFacts.Of },
        new("kindred-audiences", 1, "audiences", "Select the audiences again") { Check = AudienceCheck.Run, Facts = AudienceFacts.Of },
        new("kindred-comparison", 1, "comparison of methods", "Compare the methods again") { Facts = FactsOf("comparison.json") },
        new("kindred-comparison-parts", 1, "finished parts of a comparison", "Resume the comparison: damaged parts are made again")
        {
            Check = PartsCheck.Run,
            Facts = PartsCheck.Facts,
            Grows = true,
        },
        new("kindred-inspection", 1, "inspection of seed lists", "Inspect the seed lists again") { Facts = FactsOf("figures.json") },
        new("kindred-reach", 1, "reach of seed lists", "Measure reach again") { Facts = FactsOf("figures.json") },
        new("kindred-version-page", 1, "page of a version of a daily run", "Show the version again") { Facts = FactsOf("figures.json") },
        new("kindred-experiment", 1, "analysis of an experiment", "Analyse the log again") { Facts = FactsOf("figures.json") },
        new("kindred-simulation", 1, "simulated online test", "Simulate it again"),
        new("kindred-world", 1, "synthetic world", "Make the world again"),
        new("kindred-run", 1, "version of a daily run", RunRemedy),
        new(MembershipFormat.Name, MembershipFormat.Version, "audiences by user", MembershipFormat.Remedy),
        new("kindred-seeds", 2, "seed lists of a daily run", TaskRemedy),
        new("kindred-user-ids", 1, "users to exclude", TaskRemedy),
        .. TaskFormats.Select(name => new FolderFormat(name, 1, "output of a task of a daily run", TaskRemedy)),
        new("kindred-demo", 1, "demo", "Make the demo again"),
    ];

    /// <summary>Finds a kind by the name in a manifest; null if this version does not know it.</summary>
    public static FolderFormat? Find(string? name) => All.FirstOrDefault(format => format.Name == name);

    private static Func<string, FolderManifest, JsonObject> FactsOf(string file) => (folder, _) => ManifestFacts.OfJson(folder, file);
}
