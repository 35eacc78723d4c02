using Kindred.App.Seeds;
using Kindred.App.Tuning;
using Kindred.Catalog;
using Kindred.Data.Populations;
using Kindred.Evaluation;
using Kindred.Populations;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.App.Evaluation;

/// <summary>Measures reach curves.</summary>
public static class MeasureReach
{
    /// <summary>Measures reach curves.</summary>
    /// <param name="request">The population, the lists and the method.</param>
    /// <param name="progress">Receives progress and notes.</param>
    /// <param name="cancellation">Stops the work; nothing is written then.</param>
    /// <returns>One curve per list.</returns>
    /// <exception cref="KindredException">An input is wrong, or the method does not rank users.</exception>
    public static ReachResult Run(ReachRequest request, IProgressReporter progress, CancellationToken cancellation = default)
    {
        using var population = PopulationSnapshot.Open(request.Population);
        var matches =
            SeedInput.Read(OfFolds(request.Seeds, request.Reach.Folds), population, request.Reach.Country, progress, cancellation);
        return Measure(population, matches, request, progress, cancellation);
    }

    /// <summary>Measures the curves of matched lists.</summary>
    public static ReachResult Measure(Population population, IReadOnlyList<SeedMatch> matches, ReachRequest request,
        IProgressReporter progress, CancellationToken cancellation)
    {
        // Every user is held out once, so no users remain to choose a method on, unless the population was tuned.
        var options = request.Reach;
        var trained = matches.Select(match => match.Where(_ => false)).ToArray();
        var method =
            RequestedMethod.Create(request.Method, request.Population, population, options.Country, trained, options.Threads, progress,
                cancellation);
        if (method is not IExpansionMethod scoring)
        {
            throw new KindredException(ErrorKind.Usage, "method_without_scores",
                $"Method '{method.Name}' combines sets of users without ranking them, so it has no curve.",
                $"Choose a method that scores users, such as {Methods.All.Default}.");
        }

        using var line = progress.Start($"Measuring reach with {method.Name}");
        var curves = new ReachMeasurement(population, options).Measure(scoring, matches, request.Seeds.Weights, line.Report, cancellation);
        return new ReachResult(method.Name, options.Country, options.Folds, population.Version, curves);
    }

    /// <summary>Raises the minimum so that a list without one fold is still large enough to train on.</summary>
    public static SeedRequest OfFolds(SeedRequest request, int folds) =>
        request with
        {
            Minimum = (int)Math.Min(int.MaxValue,
            Math.Max(folds, Math.Ceiling(request.Minimum * (double)folds / (folds - 1))))
        };
}
