using Kindred.Catalog;
using Kindred.Data.Populations;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.App.Training;

/// <summary>The earlier models that training starts from.</summary>
internal static class WarmStart
{
    /// <summary>Finds each list's model in the folder of <see cref="TrainRequest.WarmStart"/>; null if it has none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="method">The method to train.</param>
    /// <param name="population">The population to train on.</param>
    /// <param name="matches">The lists.</param>
    /// <param name="settings">The settings of the training: where earlier models had others, what was chosen for them is chosen
    /// again.</param>
    /// <param name="progress">Receives notes.</param>
    /// <exception cref="KindredException">The method does not support warm starts, or the models score other embeddings.</exception>
    public static IReadOnlyList<PreviousModel?> Read(
        TrainRequest request, IExpansionMethod method, PopulationManifest population, IReadOnlyList<SeedMatch> matches,
        IReadOnlyDictionary<string, string> settings, IProgressReporter progress)
    {
        if (request.WarmStart is not { } folder) return new PreviousModel?[matches.Count];
        if (method is not IWarmStart)
        {
            throw new KindredException(ErrorKind.Usage, "warm_start_not_supported",
                $"Earlier models have no effect here: method '{method.Name}' always starts cold; only {Starting()} start from earlier " +
                    "models.",
                "Give no earlier models.");
        }

        var models = ModelsOfSpace.Open(folder, population, "warm_start_of_other_embeddings", "a training cannot start from them.",
            "Give no earlier models, or models that were trained on these embeddings, such as those of the population before it was " +
                "updated.");
        var same = models.Method == method.Name && models.Country == request.Country &&
            models.Settings.Count == settings.Count && settings.All(pair => models.Settings.GetValueOrDefault(pair.Key) == pair.Value);
        var byList = models.Models.ToDictionary(
            model => model.SeedListId, model => new PreviousModel(model.Scorer, same ? model.Report : new Dictionary<string, double>()),
            StringComparer.Ordinal);
        var previous = matches.Select(match => byList.GetValueOrDefault(match.List.Id)).ToArray();
        progress.Note(
            $"{previous.Count(model => model is not null):N0} of {matches.Count:N0} lists have a model in {folder} to start from.");
        if (!same) progress.Note($"The models in {folder} were trained with other settings, so the number of epochs is chosen again.");
        return previous;
    }

    private static string Starting() => string.Join(" and ",
        Methods.All.All.Where(method => method.StartsFromPreviousModel).Select(method => method.Name).Order(StringComparer.Ordinal));
}
