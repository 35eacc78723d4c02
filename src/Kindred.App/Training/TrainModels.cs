using System.Globalization;
using Kindred.App.Seeds;
using Kindred.App.Tuning;
using Kindred.Catalog;
using Kindred.Data.Folders;
using Kindred.Data.Models;
using Kindred.Data.Populations;
using Kindred.Networks.Mlp;
using Kindred.Populations;
using Kindred.Scoring;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.App.Training;

/// <summary>Trains one model per seed list and writes a folder of models.</summary>
public static class TrainModels
{
    /// <summary>Trains models and writes them.</summary>
    /// <param name="request">The population, the lists, the method and the folder to write.</param>
    /// <param name="progress">Receives progress and notes.</param>
    /// <param name="cancellation">Stops the work; nothing is written then.</param>
    /// <returns>The models.</returns>
    /// <exception cref="KindredException">An input is wrong, or the folder cannot be written.</exception>
    public static ModelSet Run(TrainRequest request, IProgressReporter progress, CancellationToken cancellation = default)
    {
        using var output = OutputFolder.Create(request.Out, request.Replace, ModelFolder.Format);
        using var population = PopulationSnapshot.Open(request.Population);
        var manifest = PopulationSnapshot.ReadManifest(request.Population);
        var matches = SeedInput.Read(request.Seeds, population, request.Country, progress, cancellation);
        var models = Train(population, manifest, matches, request, progress, cancellation);
        var version = ModelFolder.Write(output.Path, models);
        cancellation.ThrowIfCancellationRequested();
        output.Commit();
        return models with { Version = version };
    }

    /// <summary>Trains one model per list.</summary>
    public static ModelSet Train(
        Population population, PopulationManifest manifest, IReadOnlyList<SeedMatch> matches, TrainRequest request,
        IProgressReporter progress, CancellationToken cancellation)
    {
        RequestedMethod.RequireTrainable(request.Method);
        var method =
            (IExpansionMethod)RequestedMethod.Create(request.Method, request.Population, population, request.Country, matches,
                request.Threads, progress, cancellation);
        var context = TrainingContext.For(population, request.Country, seed: request.Method.Settings.Seed);
        progress.Note($"Training needs up to {MlpDescriptor.OptionsOf(request.Method.Settings).TrainingBytes(population.Dimension, context.Pool.Users.Count, population.UserCount, matches.Max(match => match.Users.Count), Math.Min(request.Threads, matches.Count)) / 1e6:N0} MB of memory, on {request.Threads} threads.");
        var previous = WarmStart.Read(request, method, manifest, matches, Settings(request), progress);
        using var line = progress.Start("Training models");
        var trained = ModelTraining.TrainAll(
            method, matches, [.. matches.Select(match => SampleWeights.Of(match, request.Seeds.Weights))], previous, context,
            request.Threads, line.Report, cancellation);
        return new ModelSet
        {
            Method = method.Name,
            PopulationVersion = population.Version,
            EmbeddingSpace = EmbeddingSpace.Of(manifest),
            Country = request.Country,
            Settings = Settings(request),
            Models = [.. matches.Zip(trained, (match, model) => new StoredModel(
                match.List.Id, (IStoredScorer)model.Scorer,
                match.List.Users.Select([.. match.Positions]), match.List.Given, model.Report) { Reason = model.Reason })],
        };
    }

    private static Dictionary<string, string> Settings(TrainRequest request)
    {
        var (method, chosen) = (Methods.All.Get(request.Method.Name), request.Method.Settings);
        var settings = new Dictionary<string, string>
        {
            ["minimum_seeds"] = Text(chosen.MinimumSeeds),
            ["seed"] = Text(chosen.Seed),
        };
        foreach (var (name, value) in method.Recorded(chosen)) settings[name] = value;
        if (method.NeedsTuning)
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
