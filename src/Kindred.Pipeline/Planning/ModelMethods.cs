using Kindred.Catalog;
using Kindred.Data.Folders;
using Kindred.Data.Populations;
using Kindred.Data.Tuning;
using Kindred.Embeddings;
using Kindred.Networks.Mlp;
using Kindred.Pipeline.Store;
using Kindred.SeedModels;
using Kindred.Tuning;

namespace Kindred.Pipeline.Planning;

/// <summary>The methods that a daily run trains models with, by name.</summary>
/// <param name="population">The population's folder, which holds its tuning.</param>
internal sealed class ModelMethods(string population)
{
    private string? _tuningKey;

    /// <summary>Methods that have models.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Methods.All.All.Where(method => method.HasModels).Select(method => method.Name)];

    /// <summary>Returns the inputs that a method's models depend on besides the settings.</summary>
    /// <exception cref="KindredException">The population was not tuned.</exception>
    public string KeyOf(string method)
    {
        if (!Methods.All.Get(method).NeedsTuning) return "";
        RequireTuning(method);
        return _tuningKey ??= InputHash.OfFile(Path.Combine(TuningFolder.PathIn(population), FolderManifest.FileName));
    }

    /// <summary>Creates a method.</summary>
    public IExpansionMethod Create(string name, RunPlan plan) => (IExpansionMethod)Methods.All.Create(name, Settings(plan) with
    {
        Tuning = () => RequireTuning(name).Best(servable: false, maxCost: null),
    });

    /// <summary>Returns the options of networks, which determine the memory of training.</summary>
    /// <exception cref="KindredException">The plan's training settings are inconsistent.</exception>
    public static MlpOptions Options(RunPlan plan)
    {
        var settings = Settings(plan);
        foreach (var method in Methods.All.All) method.Require(settings);
        return MlpDescriptor.OptionsOf(settings);
    }

    private static MethodSettings Settings(RunPlan plan) => new()
    {
        Seed = plan.Seed,
        MinimumSeeds = plan.MinimumSeeds,
        Values = MethodSettings.Parse(Methods.All.Options, plan.Training),
    };

    private TuningResult RequireTuning(string method)
    {
        var manifest = PopulationSnapshot.ReadManifest(population);
        var space = manifest.Recipe.GetValueOrDefault(PopulationEmbedding.SpaceKey, manifest.Version);
        if (TuningFolder.Find(population) is { } tuning && tuning.EmbeddingSpace == space) return tuning;
        throw new KindredException(ErrorKind.BadInput, "population_not_tuned",
            $"Method '{method}' needs the result of tuning, and {population} has no tuning of its embeddings.",
            "Tune the population once, or name another method.")
        {
            Values = new Dictionary<string, object?> { ["method"] = method, ["population"] = population },
        };
    }
}
