using Kindred.Embeddings;
using Kindred.Populations;
using Kindred.Scoring;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Tuning;

/// <summary>Finds the methods, and the blend of them, that are best for a population, without using the hold-out of any seed
/// list.</summary>
public static class Tuner
{
    /// <summary>Tunes on pseudo seed lists: the users of items that are hidden in the trial of their list.</summary>
    /// <param name="population">The users, with their items.</param>
    /// <param name="embedding">The options that its embeddings were trained with.</param>
    /// <param name="embeddingSpace">The space of the embeddings.</param>
    /// <param name="variants">The variants to try: <see cref="MethodList.Variants"/>.</param>
    /// <param name="options">The options.</param>
    /// <param name="progress">Receives the completed share, 0 to 1.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="NoPseudoListsException">There are too few lists to tune on.</exception>
    public static TuningResult OnPseudoLists(
        Population population, IalsOptions embedding, string embeddingSpace, IReadOnlyList<TuningVariant> variants, TuningOptions options,
        Action<double>? progress = null, CancellationToken cancellation = default)
    {
        var all = CandidatePool.Of(population, null, options.MaxUsers, options.Seed);
        using var sample = PopulationSubset.Of(population, all.Users);
        var pool = CandidatePool.Of(sample, null, int.MaxValue, options.Seed);
        var lists = PseudoLists.Choose(ItemMatrix.Of(sample, pool), sample.Items, options);
        var folds = lists.GroupBy(list => list.Fold).OrderBy(fold => fold.Key).ToArray();
        var methods = Suitable(variants, lists.Max(list => list.Users.Count));
        var sheets = new List<ScoreSheet>();
        IStoredScorer[] examples = [];
        var total = folds.Length * (methods.Count + 1.0);
        var done = 0.0;
        foreach (var fold in folds)
        {
            var begun = done;
            using var without = FoldPopulation.Without(
                sample, fold.SelectMany(list => list.Items).ToHashSet(), embedding,
                share => progress?.Invoke((begun + share) / total), cancellation);
            done++;
            var splits = Splits(fold, pool, sample, without, options);
            if (splits.Length == 0) continue;
            var (ofFold, scorers) = new ScoreSheets(without, TrainingContext.For(without), options).Of(
                splits, methods, () => progress?.Invoke(++done / total), cancellation);
            sheets.AddRange(ofFold);
            if (examples.Length == 0) examples = scorers;
        }

        if (sheets.Count < PseudoLists.Fewest)
        {
            throw new NoPseudoListsException(FormattableString.Invariant(
                $"without the hidden items, most of their users have fewer items than any user of the population, and only {sheets.Count:N0} of {lists.Count:N0} lists are left"));
        }

        return Conclude(TuningSource.PseudoLists, embeddingSpace, sheets, methods, examples, options, cancellation);
    }

    /// <summary>Tunes on parts of the seed lists themselves, for populations whose items are not known.</summary>
    /// <param name="context">The population and its candidates.</param>
    /// <param name="lists">The users of each list to learn from: for a split list, its training users.</param>
    /// <param name="embeddingSpace">The space of the embeddings.</param>
    /// <param name="variants">The variants to try: <see cref="MethodList.Variants"/>.</param>
    /// <param name="options">The options.</param>
    /// <param name="progress">Receives the completed share, 0 to 1.</param>
    /// <param name="cancellation">Stops.</param>
    public static TuningResult OnFolds(
        TrainingContext context, IReadOnlyList<SeedMatch> lists, string embeddingSpace, IReadOnlyList<TuningVariant> variants,
        TuningOptions options,
        Action<double>? progress = null, CancellationToken cancellation = default)
    {
        var population = context.Population;
        var candidates = context.Pool.Users.ToHashSet();
        var splits = lists.Where(list => list.Users.Count >= Math.Max(2, options.MinimumSeeds))
            .Select(list => HoldOut.Random(list, 0.1, options.Seed, 0, population))
            .Select(split => split with { Held = split.Held.Where(i => candidates.Contains(split.Held.Users[i])) })
            .Where(split => split.Held.Users.Count > 0).ToArray();
        if (splits.Length == 0)
        {
            throw new KindredException(ErrorKind.BadInput, "tuning_without_users",
                "There are no users to choose a method on: the population was not tuned, " +
                "and no seed list has enough users besides those held out.",
                "Name a method, or tune the population first.");
        }

        var methods = Suitable(variants, splits.Max(split => split.Training.Users.Count))
            .Where(method => population.HasItems || !method.Reads.HasFlag(UserInputs.Items)).ToArray();
        var done = 0;
        var (sheets, examples) = new ScoreSheets(population, context, options).Of(
            splits, methods, () => progress?.Invoke(++done / (double)methods.Length), cancellation);
        return Conclude(TuningSource.SeedLists, embeddingSpace, sheets, methods, examples, options, cancellation);
    }

    /// <summary>The variants to try: the network is tried only if some list is large enough for its hidden layer.</summary>
    private static List<TuningVariant> Suitable(IReadOnlyList<TuningVariant> variants, int largest) =>
        [.. variants.Where(variant => largest * 0.9 >= variant.WorthFrom)];

    private static HoldOut[] Splits(IEnumerable<PseudoList> lists, CandidatePool pool, Population sample, Population without,
        TuningOptions options)
    {
        var splits = new List<HoldOut>();
        foreach (var list in lists)
        {
            var active = list.Users.Select(i => pool.Users[i]).Where(user => without.Shards[0].Active.Span[user.Row] != 0);
            var match = SeedMatch.Of(list.Id, active, sample);
            var split = HoldOut.Random(match, 0.1, options.Seed, 0, without);
            if (split.Training.Users.Count >= options.MinimumSeeds) splits.Add(split);
        }

        return [.. splits];
    }

    private static TuningResult Conclude(
        TuningSource source, string embeddingSpace, IReadOnlyList<ScoreSheet> sheets, IReadOnlyList<TuningVariant> methods,
        IStoredScorer[] examples, TuningOptions options, CancellationToken cancellation)
    {
        var choice = new BlendChoice(sheets, methods, options);
        var recalls = choice.Recalls();
        return new TuningResult
        {
            Source = source,
            EmbeddingSpace = embeddingSpace,
            Methods = [.. methods.Select((method, m) => new TriedMethod(method.Id, recalls[m].Average(), examples[m].CostPerPair))],
            Choices = Choices(choice, methods, examples, cancellation),
            Lists = [.. sheets.Select((sheet, i) => new TriedList(sheet.ListId, sheet.Seeds, [.. recalls.Select(method => method[i])]))],
        };
    }

    /// <summary>The best choice of all methods, of ever cheaper methods, and of methods that can be served; and every single method that no
    /// other method beats in both recall and cost.</summary>
    private static List<TuningChoice> Choices(BlendChoice choice, IReadOnlyList<TuningVariant> methods, IStoredScorer[] examples,
        CancellationToken cancellation)
    {
        var choices = new List<TuningChoice>();
        foreach (var servable in (bool[])[false, true])
        {
            for (var most = double.PositiveInfinity; most > 0;)
            {
                var allowed = methods.Select((method, m) => examples[m].CostPerPair < most && (!servable || method.IsServable)).ToArray();
                if (!allowed.Contains(true)) break;
                choices.Add(choice.Choose(allowed, examples, cancellation));
                // Next, without the most expensive method in use.
                var used = choices[^1].Blends.SelectMany(blend => blend.Parts).Select(part => part.Method).ToHashSet();
                most = methods.Select((method, m) => used.Contains(method.Id) ? examples[m].CostPerPair : 0).Max();
            }
        }

        var singles = methods.Select((_, m) => choice.Choose(m, examples)).OrderByDescending(single => single.Recall).ToArray();
        return [.. choices, .. singles.Where((one, i) => !singles.Where((other, j) => j != i && Beats(other, one, j < i)).Any())];
    }

    private static bool Beats(TuningChoice a, TuningChoice b, bool first) =>
        a.CostPerPair <= b.CostPerPair && a.Recall >= b.Recall && (a.Servable || !b.Servable)
        && (first || a.CostPerPair < b.CostPerPair || a.Recall > b.Recall || a.Servable != b.Servable);
}
