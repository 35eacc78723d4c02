using Kindred.Cli.Reports;
using Kindred.Cli.Terminal;
using Kindred.Data.Populations;
using Kindred.Evaluation;
using Kindred.Populations;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Cli.Jobs;

/// <summary>What <c>kindred reach</c> is asked for.</summary>
internal sealed record ReachRequest
{
    public required string Population { get; init; }

    public required SeedRequest Seeds { get; init; }

    public MethodRequest Method { get; init; } = new();

    public ReachOptions Reach { get; init; } = new();

    /// <summary>Folder for the page, or null for none.</summary>
    public string? Out { get; init; }

    public bool Replace { get; init; }
}

/// <summary>Reach curves, and how they were measured.</summary>
internal sealed record ReachResult(string Method, string? Country, int Folds, string PopulationVersion, IReadOnlyList<ReachCurve> Curves);

/// <summary>Measures reach curves.</summary>
internal static class ReachJob
{
    private const string ManifestFormat = "kindred-reach";

    public static ReachResult Run(ReachRequest request, Screen screen, CancellationToken cancellation)
    {
        using var folder = request.Out is { } path ? ReportFolder.Create(path, request.Replace, ManifestFormat) : null;
        using var population = PopulationSnapshot.Open(request.Population);
        var matches = SeedInput.Read(OfFolds(request.Seeds, request.Reach.Folds), population, request.Reach.Country, screen, cancellation);
        var result = Measure(population, matches, request, screen, cancellation);
        folder?.Commit(ReachReport.Render(result), ReachJson.Of(result));
        return result;
    }

    /// <summary>The curves of matched lists.</summary>
    public static ReachResult Measure(Population population, IReadOnlyList<SeedMatch> matches, ReachRequest request, Screen screen, CancellationToken cancellation)
    {
        // Every user is held out once, so that there is nobody to choose a method on but where the population was tuned.
        var options = request.Reach;
        var trained = matches.Select(match => match.Where(_ => false)).ToArray();
        var method = Methods.Create(request.Method, request.Population, population, options.Country, trained, options.Threads, screen, cancellation);
        if (method is not IExpansionMethod scoring)
        {
            throw new KindredException(ErrorKind.Usage, $"Method '{method.Name}' puts sets together and ranks nobody, so it has no curve. Choose a method that scores users, such as {Methods.Default}.");
        }

        using var line = screen.Start($"Measuring reach with {method.Name}");
        var curves = new ReachMeasurement(population, options).Measure(scoring, matches, request.Seeds.Weights, line.Report, cancellation);
        return new ReachResult(method.Name, options.Country, options.Folds, population.Version, curves);
    }

    /// <summary>A model learns from a list without one fold, which must be large enough too.</summary>
    public static SeedRequest OfFolds(SeedRequest request, int folds) =>
        request with { Minimum = (int)Math.Min(int.MaxValue, Math.Max(folds, Math.Ceiling(request.Minimum * (double)folds / (folds - 1)))) };
}
