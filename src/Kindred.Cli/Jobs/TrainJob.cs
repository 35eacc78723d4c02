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

    public MethodRequest Method { get; init; } = new();

    /// <summary>Earlier models to begin from, or null.</summary>
    public string? WarmStart { get; init; }

    public string? Country { get; init; }

    public int Threads { get; init; } = Environment.ProcessorCount;
}

/// <summary>Seed lists to a folder of models.</summary>
internal static class TrainJob
{
    public static ModelSet Run(TrainRequest request, Screen screen, CancellationToken cancellation)
    {
        using var output = OutputFolder.Create(request.Out, request.Replace, ModelFolder.Format);
        using var population = PopulationSnapshot.Open(request.Population);
        var manifest = PopulationSnapshot.ReadManifest(request.Population);
        var matches = SeedInput.Read(request.Seeds, population, request.Country, screen, cancellation);
        var models = Train(population, manifest, matches, request, screen, cancellation);
        var version = ModelFolder.Write(output.Path, models);
        cancellation.ThrowIfCancellationRequested();
        output.Commit();
        return models with { Version = version };
    }

    /// <summary>Trains one model a list.</summary>
    public static ModelSet Train(
        Population population, PopulationManifest manifest, IReadOnlyList<SeedMatch> matches, TrainRequest request, Screen screen, CancellationToken cancellation)
    {
        Methods.RequireTrainable(request.Method);
        var mlp = request.Method.Mlp;
        var method = (IExpansionMethod)Methods.Create(request.Method, request.Population, population, request.Country, matches, request.Threads, screen, cancellation);
        var context = TrainingContext.For(population, request.Country, seed: mlp.Seed);
        screen.Note($"Training needs up to {mlp.TrainingBytes(population.Dimension, context.Pool.Users.Count, population.UserCount, matches.Max(match => match.Users.Count), Math.Min(request.Threads, matches.Count)) / 1e6:N0} MB of memory, on {request.Threads} threads.");
        var previous = WarmStart.Read(request, method, manifest, matches, Settings(request), screen);
        using var line = screen.Start("Training models");
        var trained = ModelTraining.TrainAll(
            method, matches, [.. matches.Select(match => SampleWeights.Of(match, request.Seeds.Weights))], previous, context, request.Threads, line.Report, cancellation);
        return new ModelSet
        {
            Method = method.Name,
            PopulationVersion = population.Version,
            EmbeddingSpace = SpaceOf(manifest),
            Country = request.Country,
            Settings = Settings(request),
            Models = [.. matches.Zip(trained, (match, model) => new StoredModel(
                match.List.Id, (IStoredScorer)model.Scorer,
                match.List.Users.Select([.. match.Positions]), match.List.Given, model.Report) { Reason = model.Reason })],
        };
    }

    /// <summary>What tells embeddings of a population from others.</summary>
    public static string SpaceOf(PopulationManifest manifest) =>
        manifest.Recipe.GetValueOrDefault(PopulationEmbedding.SpaceKey, manifest.Version);

    private static Dictionary<string, string> Settings(TrainRequest request)
    {
        var mlp = request.Method.Mlp;
        var settings = new Dictionary<string, string>
        {
            ["minimum_seeds"] = Text(mlp.MinimumSeeds),
            ["seed"] = Text(mlp.Seed),
        };
        if (Methods.ReadsMlpOptions.Contains(request.Method.Name))
        {
            settings["regularization_per_dimension"] = Text(mlp.RegularizationPerDimension);
            settings["hidden_regularization"] = Text(mlp.HiddenRegularization);
            settings["hidden_from"] = Text(mlp.HiddenFrom);
            settings["hidden_units"] = Text(mlp.HiddenUnits);
            if (mlp.SecondHiddenUnits > 0) settings["second_hidden_units"] = Text(mlp.SecondHiddenUnits);
            settings["epochs"] = Text(mlp.Epochs);
            settings["batch_size"] = Text(mlp.BatchSize);
            settings["learning_rate"] = Text(mlp.LearningRate);
            settings["max_positives"] = Text(mlp.MaxPositives);
            settings["max_negatives"] = Text(mlp.MaxNegatives);
            if (mlp.Loss == MlpLoss.NonNegative)
            {
                settings["loss"] = "nnpu";
                if (mlp.PositivePrior is { } prior) settings["positive_prior"] = Text(prior);
            }
        }

        if (request.Method.Name == Methods.Auto)
        {
            settings["servable"] = request.Method.Limits.Servable ? "true" : "false";
            if (request.Method.Limits.MaxCost is { } cost) settings["max_cost"] = Text(cost);
        }

        var weights = request.Seeds.Weights;
        if (weights.Metrics.Count == 0) return settings;
        settings["weight_by"] = string.Join(",", weights.Metrics);
        settings["weight_literal"] = weights.Literal ? "true" : "false";
        foreach (var (metric, scale) in weights.Scales) settings[$"weight_kind/{metric}"] = scale == WeightScale.Rate ? "rate" : "count";
        return settings;
    }

    private static string Text<T>(T value) where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
