using Kindred.App.Seeds;
using Kindred.Catalog;
using Kindred.Data.Folders;
using Kindred.Data.Populations;
using Kindred.Data.Tuning;
using Kindred.Embeddings;
using Kindred.Populations;
using Kindred.SeedLists;
using Kindred.SeedModels;
using Kindred.Tuning;

namespace Kindred.App.Tuning;

/// <summary>Finds the best methods for a population, and stores the result with the population.</summary>
public static class TunePopulation
{
    /// <summary>Tunes a population.</summary>
    /// <param name="request">The population.</param>
    /// <param name="progress">Receives progress and notes.</param>
    /// <param name="cancellation">Stops the work; nothing is written then.</param>
    /// <returns>The figures of all methods, and the best blends.</returns>
    /// <exception cref="KindredException">The population is tuned already, cannot be tuned, or cannot be written.</exception>
    public static TuningResult Run(TuneRequest request, IProgressReporter progress, CancellationToken cancellation = default)
    {
        var manifest = PopulationSnapshot.ReadManifest(request.Population);
        if (!request.Replace && Directory.Exists(TuningFolder.PathIn(request.Population)))
        {
            throw new KindredException(ErrorKind.Output, "population_tuned_already",
                $"The population is tuned already: {TuningFolder.PathIn(request.Population)} exists.",
                "Allow the tuning to be replaced, to tune again.");
        }

        using var output = OutputFolder.Create(TuningFolder.PathIn(request.Population), request.Replace, TuningFolder.Format);
        using var population = PopulationSnapshot.Open(request.Population);
        var lists = request.Seeds is { } seeds ? SeedInput.Read(seeds, population, null, progress, cancellation) : [];
        if (PopulationEmbedding.OptionsOf(manifest.Recipe) is not { } embedding || !population.HasItems)
        {
            throw new KindredException(ErrorKind.BadInput, "population_not_tunable",
                $"The population cannot be tuned without seed lists: {(population.HasItems ? "its embeddings were not trained by Kindred" : "it was made without the items of its users")}, so there are no pseudo seed lists.",
                "The method auto chooses on the seed lists themselves instead.");
        }

        var result =
            OnPseudoLists(population, manifest, embedding, [.. lists.Select(list => list.Users.Count)], request.Options, progress,
                cancellation);
        TuningFolder.Write(output.Path, result);
        cancellation.ThrowIfCancellationRequested();
        output.Commit();
        return result;
    }

    /// <summary>Returns the choice of a population's tuning; tunes and stores the result first if there is none.</summary>
    /// <param name="folder">The population's folder.</param>
    /// <param name="population">The population, opened.</param>
    /// <param name="country">The target country; null for all countries.</param>
    /// <param name="lists">The users of each list that a method may be chosen on if there are no items; otherwise only the lists' sizes are
    /// used.</param>
    /// <param name="limits">The limits on the choice.</param>
    /// <param name="options">The options of tuning.</param>
    /// <param name="progress">Receives progress and notes.</param>
    /// <param name="cancellation">Stops.</param>
    public static TuningChoice Choose(
        string folder, Population population, string? country, IReadOnlyList<SeedMatch> lists, AutoLimits limits, TuningOptions options,
        IProgressReporter progress, CancellationToken cancellation)
    {
        var manifest = PopulationSnapshot.ReadManifest(folder);
        var tuning = Kept(folder, manifest, progress);
        if (tuning is null && population.HasItems && PopulationEmbedding.OptionsOf(manifest.Recipe) is { } embedding)
        {
            progress.Note($"The population has not been tuned yet: tuning it first, once.");
            try
            {
                tuning = OnPseudoLists(population, manifest, embedding, [.. lists.Select(list => list.Matched)], options, progress,
                    cancellation);
                Keep(folder, tuning, progress);
            }
            catch (NoPseudoListsException error)
            {
                progress.Note($"{error.Message}");
            }
        }

        tuning ??= OnSeedLists(population, manifest, country, lists, options, progress, cancellation);
        var choice = tuning.Best(limits.Servable, limits.MaxCost);
        foreach (var blend in choice.Blends) progress.Note($"Lists of {(blend.FromSeeds == 0 ? "any size" : FormattableString.Invariant($"{blend.FromSeeds:N0} seeds and more"))}: {AutoMethod.Describe(blend)}.");
        return choice;
    }

    private static TuningResult? Kept(string folder, PopulationManifest manifest, IProgressReporter progress)
    {
        var kept = TuningFolder.Find(folder);
        if (kept is null || kept.EmbeddingSpace == EmbeddingSpace.Of(manifest)) return kept;
        progress.Note($"The tuning in {TuningFolder.PathIn(folder)} belongs to other embeddings and is not used.");
        return null;
    }

    private static void Keep(string folder, TuningResult tuning, IProgressReporter progress)
    {
        try
        {
            using var output = OutputFolder.Create(TuningFolder.PathIn(folder), replace: true, TuningFolder.Format);
            TuningFolder.Write(output.Path, tuning);
            output.Commit();
        }
        catch (KindredException error) when (error.Kind == ErrorKind.Output)
        {
            // A read-only population can still be used.
            progress.Note($"The tuning is used now but was not stored: {error.Message}");
        }
    }

    private static TuningResult OnPseudoLists(
        Population population, PopulationManifest manifest, IalsOptions embedding, int[] sizes, TuningOptions options,
        IProgressReporter progress, CancellationToken cancellation)
    {
        progress.Note($"Tuning needs up to about {Math.Ceiling(options.Bytes(population.UserCount, population.Dimension, population.Items.Count, population.MeanItems, Methods.All.Variants.Count) / 1e6):N0} MB of memory, on {options.Threads} threads.");
        using var line = progress.Start("Tuning on pseudo seed lists");
        return Tuner.OnPseudoLists(
            population, embedding with { Threads = options.Threads }, EmbeddingSpace.Of(manifest), Methods.All.Variants,
            options with { Sizes = sizes }, line.Report, cancellation);
    }

    private static TuningResult OnSeedLists(
        Population population, PopulationManifest manifest, string? country, IReadOnlyList<SeedMatch> lists, TuningOptions options,
        IProgressReporter progress, CancellationToken cancellation)
    {
        progress.Note($"There are no items for pseudo seed lists, so methods are chosen on {SeedWords.Lists(lists.Count)}, with a tenth of each list's seeds held out.");
        using var line = progress.Start("Tuning on seed lists");
        return Tuner.OnFolds(TrainingContext.For(population, country, seed: options.Seed), lists, EmbeddingSpace.Of(manifest),
            Methods.All.Variants, options, line.Report, cancellation);
    }
}
