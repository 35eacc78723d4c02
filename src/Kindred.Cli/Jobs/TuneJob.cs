using Kindred.Cli.Reports;
using Kindred.Cli.Terminal;
using Kindred.Data.Folders;
using Kindred.Data.Populations;
using Kindred.Data.Tuning;
using Kindred.Embeddings;
using Kindred.Populations;
using Kindred.SeedLists;
using Kindred.SeedModels;
using Kindred.Tuning;

namespace Kindred.Cli.Jobs;

/// <summary>What <c>kindred tune</c> is asked for.</summary>
internal sealed record TuneRequest
{
    public required string Population { get; init; }

    /// <summary>Seed lists whose sizes the pseudo lists should have; none for all sizes.</summary>
    public SeedRequest? Seeds { get; init; }

    public bool Replace { get; init; }

    public TuningOptions Options { get; init; } = new();
}

/// <summary>How <c>--method auto</c> chooses.</summary>
/// <param name="Servable">Whether nothing may be read of a user but his embedding and activity.</param>
/// <param name="MaxCost">The most multiply-adds a pair, or null for any.</param>
internal sealed record AutoLimits(bool Servable, double? MaxCost);

/// <summary>Finds out which methods serve a population best, and keeps it with the population.</summary>
internal static class TuneJob
{
    public static TuningResult Run(TuneRequest request, Screen screen, CancellationToken cancellation)
    {
        var manifest = PopulationSnapshot.ReadManifest(request.Population);
        if (!request.Replace && Directory.Exists(TuningFolder.PathIn(request.Population)))
        {
            throw new KindredException(ErrorKind.Output, $"The population is tuned already: {TuningFolder.PathIn(request.Population)} is there. Tune again with --replace.");
        }

        using var output = OutputFolder.Create(TuningFolder.PathIn(request.Population), request.Replace, TuningFolder.Format);
        using var population = PopulationSnapshot.Open(request.Population);
        var lists = request.Seeds is { } seeds ? SeedInput.Read(seeds, population, null, screen, cancellation) : [];
        if (PopulationEmbedding.OptionsOf(manifest.Recipe) is not { } embedding || !population.HasItems)
        {
            throw new KindredException(ErrorKind.BadInput,
                "The population cannot be tuned by itself: " + (population.HasItems ? "its embeddings were not trained by Kindred" : "it was made without the items of its users") +
                ", so there are no pseudo seed lists. `--method auto` chooses on the seed lists themselves instead.");
        }

        var result = OnPseudoLists(population, manifest, embedding, [.. lists.Select(list => list.Users.Count)], request.Options, screen, cancellation);
        TuningFolder.Write(output.Path, result);
        cancellation.ThrowIfCancellationRequested();
        output.Commit();
        return result;
    }

    /// <summary>The method of a population's tuning, which is made and kept first where there is none.</summary>
    /// <param name="folder">The population's folder.</param>
    /// <param name="population">The population, opened.</param>
    /// <param name="country">The target country, or null for everybody.</param>
    /// <param name="lists">Of each list, users that a method may be chosen on where there are no items. Otherwise only the lists' sizes are looked at.</param>
    /// <param name="limits">What may be chosen.</param>
    /// <param name="options">How to tune.</param>
    /// <param name="screen">Says what is going on.</param>
    /// <param name="cancellation">Stops.</param>
    public static IExpansionMethod Auto(
        string folder, Population population, string? country, IReadOnlyList<SeedMatch> lists, AutoLimits limits, TuningOptions options,
        Screen screen, CancellationToken cancellation)
    {
        var manifest = PopulationSnapshot.ReadManifest(folder);
        var tuning = Kept(folder, manifest, screen);
        if (tuning is null && population.HasItems && PopulationEmbedding.OptionsOf(manifest.Recipe) is { } embedding)
        {
            screen.Note($"The population has not been tuned: that comes first, once.");
            try
            {
                tuning = OnPseudoLists(population, manifest, embedding, [.. lists.Select(list => list.Matched)], options, screen, cancellation);
                Keep(folder, tuning, screen);
            }
            catch (NoPseudoListsException error)
            {
                screen.Note($"{error.Message}");
            }
        }

        tuning ??= OnSeedLists(population, manifest, country, lists, options, screen, cancellation);
        var choice = tuning.Best(limits.Servable, limits.MaxCost);
        foreach (var blend in choice.Blends) screen.Note($"Lists of {(blend.FromSeeds == 0 ? "any size" : FormattableString.Invariant($"{blend.FromSeeds:N0} seeds and more"))}: {AutoMethod.Describe(blend)}.");
        return new AutoMethod(choice, options.MinimumSeeds, options.Seed);
    }

    private static TuningResult? Kept(string folder, PopulationManifest manifest, Screen screen)
    {
        var kept = TuningFolder.Find(folder);
        if (kept is null || kept.EmbeddingSpace == TrainJob.SpaceOf(manifest)) return kept;
        screen.Note($"The tuning in {TuningFolder.PathIn(folder)} is of other embeddings and is not used.");
        return null;
    }

    private static void Keep(string folder, TuningResult tuning, Screen screen)
    {
        try
        {
            using var output = OutputFolder.Create(TuningFolder.PathIn(folder), replace: true, TuningFolder.Format);
            TuningFolder.Write(output.Path, tuning);
            output.Commit();
        }
        catch (KindredException error) when (error.Kind == ErrorKind.Output)
        {
            // A population that may not be written to can still be used.
            screen.Note($"The tuning is used now, but not kept: {error.Message}");
        }
    }

    private static TuningResult OnPseudoLists(
        Population population, PopulationManifest manifest, IalsOptions embedding, int[] sizes, TuningOptions options, Screen screen, CancellationToken cancellation)
    {
        screen.Note($"Tuning needs up to about {Math.Ceiling(options.Bytes(population.UserCount, population.Dimension, population.Items.Count, population.MeanItems) / 1e6):N0} MB of memory, on {options.Threads} threads.");
        using var line = screen.Start("Tuning on pseudo seed lists");
        return Tuner.OnPseudoLists(
            population, embedding with { Threads = options.Threads }, TrainJob.SpaceOf(manifest), options with { Sizes = sizes }, line.Report, cancellation);
    }

    private static TuningResult OnSeedLists(
        Population population, PopulationManifest manifest, string? country, IReadOnlyList<SeedMatch> lists, TuningOptions options, Screen screen, CancellationToken cancellation)
    {
        screen.Note($"There are no items to make pseudo seed lists of: methods are chosen on {Figure.SeedLists(lists.Count)}, a tenth of what each is trained on held out.");
        using var line = screen.Start("Tuning on seed lists");
        return Tuner.OnFolds(TrainingContext.For(population, country, seed: options.Seed), lists, TrainJob.SpaceOf(manifest), options, line.Report, cancellation);
    }
}
