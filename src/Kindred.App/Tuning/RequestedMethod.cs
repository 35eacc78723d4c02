using Kindred.Catalog;
using Kindred.Populations;
using Kindred.SeedLists;
using Kindred.SeedModels;
using Kindred.Tuning;

namespace Kindred.App.Tuning;

/// <summary>Creates the method of a request, and tunes the population first if the method needs it.</summary>
public static class RequestedMethod
{
    /// <summary>Creates a method by name; a tuned method also needs the population and the lists.</summary>
    /// <param name="request">The method and its settings.</param>
    /// <param name="folder">The population's folder.</param>
    /// <param name="population">The population, opened.</param>
    /// <param name="country">The target country; null for all countries.</param>
    /// <param name="lists">The users of each list that a method may be chosen on, without held-out users.</param>
    /// <param name="threads">Worker threads.</param>
    /// <param name="progress">Receives progress and notes.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="KindredException">There is no such method, or it cannot be made with these settings.</exception>
    public static IMethod Create(
        MethodRequest request, string folder, Population population, string? country, IReadOnlyList<SeedMatch> lists, int threads,
        IProgressReporter progress, CancellationToken cancellation)
    {
        var options = new TuningOptions { MinimumSeeds = request.Settings.MinimumSeeds, Seed = request.Settings.Seed, Threads = threads };
        return Methods.All.Create(request.Name, request.Settings with
        {
            Tuning = () => TunePopulation.Choose(folder, population, country, lists, request.Limits, options, progress, cancellation),
        });
    }

    /// <summary>Throws unless models of a method can be trained and stored.</summary>
    /// <param name="request">The method.</param>
    /// <exception cref="KindredException">It learns nothing, or has no score per user.</exception>
    public static void RequireTrainable(MethodRequest request)
    {
        var method = Methods.All.Get(request.Name);
        if (method.HasModels) return;
        if (!method.IsTrained)
        {
            throw new KindredException(ErrorKind.Usage, "method_without_parameters",
                $"Method '{request.Name}' has no parameters, so there is nothing to train or store.",
                "It is a baseline: evaluate it instead.")
            {
                Values = new Dictionary<string, object?> { ["method"] = request.Name },
            };
        }

        string[] parts = [.. ((ISetMethod)Methods.All.Create(request.Name, request.Settings)).Parts.Select(part => part.Name)];
        throw new KindredException(ErrorKind.Usage, "method_without_model",
            $"Method '{request.Name}' has no score per user: it takes users from the rankings of its parts in turn, so it has no model " +
                "to store.",
            $"Train one of its parts ({string.Join(" or ", parts)}) or another method, or evaluate it.")
        {
            Values = new Dictionary<string, object?> { ["method"] = request.Name, ["parts"] = parts },
        };
    }
}
