using System.Globalization;
using Kindred.Cli.Terminal;
using Kindred.Data.Folders;
using Kindred.Data.Models;
using Kindred.Data.Populations;
using Kindred.Embeddings;
using Kindred.Populations;
using Kindred.Scoring;
using Kindred.SeedLists;
using Kindred.SeedModels;
using Kindred.SeedModels.Mlp;

namespace Kindred.Cli.Jobs;

/// <summary>What <c>kindred train</c> is asked for.</summary>
internal sealed record TrainRequest
{
    public required string Population { get; init; }

    public required SeedRequest Seeds { get; init; }

    public required string Out { get; init; }

    public bool Replace { get; init; }

    public string Method { get; init; } = Methods.Default;

    public string? Country { get; init; }

    public MlpOptions Mlp { get; init; } = new();

    public int Threads { get; init; } = Environment.ProcessorCount;
}

/// <summary>Seed lists to a folder of models.</summary>
internal static class TrainJob
{
    public static ModelSet Run(TrainRequest request, Screen screen, CancellationToken cancellation)
    {
        using var output = OutputFolder.Create(request.Out, request.Replace, ModelFolder.Format);
        using var population = PopulationSnapshot.Open(request.Population);
        var matches = SeedInput.Read(request.Seeds, population, request.Country, screen, cancellation);
        var models = Train(population, PopulationSnapshot.ReadManifest(request.Population), matches, request, screen, cancellation);
        var version = ModelFolder.Write(output.Path, models);
        cancellation.ThrowIfCancellationRequested();
        output.Commit();
        return models with { Version = version };
    }

    /// <summary>Trains one model a list.</summary>
    public static ModelSet Train(
        Population population, PopulationManifest manifest, IReadOnlyList<SeedMatch> matches, TrainRequest request, Screen screen, CancellationToken cancellation)
    {
        var method = Methods.Create(request.Method, request.Mlp);
        if (Methods.Untrained.Contains(method.Name))
        {
            throw new KindredException(ErrorKind.Usage,
                $"Method '{method.Name}' has no parameters, so there is nothing to train or to keep. It is there to compare with: use it with `kindred evaluate`.");
        }

        var context = TrainingContext.For(population, request.Country, seed: request.Mlp.Seed);
        screen.Note($"Training needs up to {request.Mlp.TrainingBytes(population.Dimension, context.Pool.Users.Count) * Math.Min(request.Threads, matches.Count) / 1e6:N0} MB of memory, on {request.Threads} threads.");
        using var line = screen.Start("Training models");
        var trained = ModelTraining.TrainAll(
            method, matches, request.Seeds.Weights, context, request.Threads, line.Report, cancellation);
        return new ModelSet
        {
            Method = method.Name,
            PopulationVersion = population.Version,
            EmbeddingSpace = SpaceOf(manifest),
            Country = request.Country,
            Settings = Settings(request),
            Models = [.. matches.Zip(trained, (match, model) => new StoredModel(
                match.List.Id, (IStoredScorer)model.Scorer,
                match.List.Users.Select([.. match.Positions]), match.List.Users.Count, model.Report))],
        };
    }

    /// <summary>What tells embeddings of a population from others.</summary>
    public static string SpaceOf(PopulationManifest manifest) =>
        manifest.Recipe.GetValueOrDefault(PopulationEmbedding.SpaceKey, manifest.Version);

    private static Dictionary<string, string> Settings(TrainRequest request)
    {
        var mlp = request.Mlp;
        var settings = new Dictionary<string, string>
        {
            ["regularization_per_dimension"] = Text(mlp.RegularizationPerDimension),
            ["hidden_regularization"] = Text(mlp.HiddenRegularization),
            ["hidden_from"] = Text(mlp.HiddenFrom),
            ["hidden_units"] = Text(mlp.HiddenUnits),
            ["epochs"] = Text(mlp.Epochs),
            ["batch_size"] = Text(mlp.BatchSize),
            ["learning_rate"] = Text(mlp.LearningRate),
            ["max_positives"] = Text(mlp.MaxPositives),
            ["max_negatives"] = Text(mlp.MaxNegatives),
            ["minimum_seeds"] = Text(mlp.MinimumSeeds),
            ["seed"] = Text(mlp.Seed),
        };
        if (mlp.Loss == MlpLoss.NonNegative)
        {
            settings["loss"] = "nnpu";
            if (mlp.PositivePrior is { } prior) settings["positive_prior"] = Text(prior);
        }

        var weights = request.Seeds.Weights;
        if (weights.Metrics.Count == 0) return settings;
        settings["weight_by"] = string.Join(",", weights.Metrics);
        settings["weight_literal"] = weights.Literal ? "true" : "false";
        foreach (var (metric, kind) in weights.Kinds) settings[$"weight_kind/{metric}"] = kind == MetricKind.Rate ? "rate" : "count";
        return settings;
    }

    private static string Text<T>(T value) where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
