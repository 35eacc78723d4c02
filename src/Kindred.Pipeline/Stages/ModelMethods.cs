using System.Globalization;
using Kindred.Data.Folders;
using Kindred.Data.Populations;
using Kindred.Data.Tuning;
using Kindred.Embeddings;
using Kindred.Pipeline.Planning;
using Kindred.SeedModels;
using Kindred.SeedModels.Mlp;
using Kindred.Tuning;

namespace Kindred.Pipeline.Stages;

/// <summary>The methods that a daily run trains models with, by name.</summary>
/// <param name="population">The population's folder, with which its tuning is kept.</param>
internal sealed class ModelMethods(string population)
{
    /// <summary>The blend that tuning chose.</summary>
    public const string Auto = "auto";

    private string? _tuningKey;

    /// <summary>Methods whose models can be kept.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ExpansionMethods.Names.Except(ExpansionMethods.Untrained), Auto];

    /// <summary>What a method's models depend on beside the settings.</summary>
    /// <exception cref="KindredException">The population was not tuned.</exception>
    public string KeyOf(string method)
    {
        if (method != Auto) return "";
        RequireTuning();
        return _tuningKey ??= InputHash.OfFile(Path.Combine(TuningFolder.PathIn(population), FolderManifest.FileName));
    }

    /// <summary>Makes a method.</summary>
    public IExpansionMethod Create(string name, RunPlan plan)
    {
        var options = Options(plan);
        return ExpansionMethods.Find(name, options) ?? new AutoMethod(RequireTuning().Best(servable: false, maxCost: null), options.MinimumSeeds, options.Seed);
    }

    /// <summary>What training is told.</summary>
    public static MlpOptions Options(RunPlan plan)
    {
        var defaults = new MlpOptions();
        var options = defaults with
        {
            Seed = plan.Seed,
            MinimumSeeds = plan.MinimumSeeds,
            MaxPositives = Number("max_positives", defaults.MaxPositives),
            MaxNegatives = Number("max_negatives", defaults.MaxNegatives),
            HiddenFrom = Number("hidden_from", defaults.HiddenFrom),
            HiddenUnits = Number("hidden_units", defaults.HiddenUnits),
            Epochs = Number("epochs", defaults.Epochs),
            RegularizationPerDimension = Number("regularization_per_dimension", defaults.RegularizationPerDimension),
        };
        OptionsValidation.Require(options);
        options.RequireLayers();
        return options;

        T Number<T>(string name, T otherwise)
            where T : IParsable<T> => plan.Training.TryGetValue(name, out var text) ? T.Parse(text, CultureInfo.InvariantCulture) : otherwise;
    }

    private TuningResult RequireTuning()
    {
        var manifest = PopulationSnapshot.ReadManifest(population);
        var space = manifest.Recipe.GetValueOrDefault(PopulationEmbedding.SpaceKey, manifest.Version);
        return TuningFolder.Find(population) is { } tuning && tuning.EmbeddingSpace == space ? tuning : throw new KindredException(ErrorKind.BadInput,
            $"Method '{Auto}' uses what tuning chose, and {population} has no tuning of its embeddings. Run `kindred tune --population {population}` once, or name another method.");
    }
}
