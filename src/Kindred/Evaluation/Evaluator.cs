using Kindred.Audiences;
using Kindred.Populations;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Evaluation;

/// <summary>Measures a method by the act-alike post's protocol: train on most of a seed list, see how its held-out users rank.</summary>
/// <remarks>Everybody of the target population but the users trained on (and those set aside) is ranked. k = max(1, round(share × population)).</remarks>
public sealed class Evaluator
{
    private readonly Population _population;
    private readonly EvaluationOptions _options;
    private readonly int? _country;
    private readonly TrainingContext _context;

    /// <summary>Prepares to evaluate on a population.</summary>
    public Evaluator(Population population, EvaluationOptions options)
    {
        _population = population;
        _options = options;
        _country = population.CountryNumber(options.Country);
        _context = TrainingContext.For(population, options.Country, options.PoolLimit, options.Seed);
    }

    /// <summary>Active users of the target: those who are ranked, and what sizes are shares of.</summary>
    public long Candidates => _context.Pool.Candidates;

    /// <summary>Trains and ranks every list on its splits.</summary>
    /// <param name="method">The method.</param>
    /// <param name="lists">For each seed list one or more splits; its figures are averaged over them.</param>
    /// <param name="weights">How much each seed counts; null for all alike.</param>
    /// <param name="progress">Told the share done, 0 to 1, from several threads.</param>
    /// <param name="trained">Told when training ends and ranking begins.</param>
    /// <param name="cancellation">Stops.</param>
    public EvaluationResult Evaluate(
        IExpansionMethod method, IReadOnlyList<IReadOnlyList<HoldOut>> lists, SampleWeightOptions? weights = null,
        Action<double>? progress = null, Action? trained = null, CancellationToken cancellation = default)
    {
        var splits = lists.SelectMany(list => list).Select(KeepCandidates).ToArray();
        var models = ModelTraining.TrainAll(
            method, [.. splits.Select(split => split.Training)], weights ?? new SampleWeightOptions(), _context, _options.Threads,
            share => progress?.Invoke(share * 0.9), cancellation);
        trained?.Invoke();
        var sizes = _options.Fractions.Select(share => (int)AudienceSize.OfShare(share).Of(_context.Pool.Candidates)).ToArray();
        var requests = splits.Zip(models, (split, model) =>
            new AudienceRequest(model.Scorer, sizes.Max(), [UserSet.Of(_population, split.NotRanked)])).ToArray();

        var pairs = (double)_context.Pool.Candidates * splits.Length;
        var done = 0L;
        var ranked = AudienceSelection.Select(_population, _country, requests, _options.Threads,
            count => progress?.Invoke(0.9 + 0.1 * Interlocked.Add(ref done, count) / pairs), cancellation);

        var measured = splits.Select((split, i) => Measure(split, requests[i].Excluded[0], ranked[i], sizes)).ToArray();
        var results = new List<ListEvaluation>();
        var first = 0;
        foreach (var list in lists)
        {
            results.Add(Mean(measured.AsSpan(first, list.Count)));
            first += list.Count;
        }

        return new EvaluationResult(method.Name, _options.Fractions, results) { CostPerPair = models.Average(model => model.Scorer.CostPerPair) };
    }

    /// <summary>Held-out users who are not candidates cannot be found, so they are not asked for.</summary>
    private HoldOut KeepCandidates(HoldOut split)
    {
        var held = split.Held.Where(i => IsCandidate(split.Held.Users[i]));
        if (held.Users.Count > 0) return split with { Held = held };
        throw new KindredException(ErrorKind.BadInput,
            $"Seed list '{split.Training.List.Id}' has no held-out user among the {_context.Pool.Candidates:N0} active users that are ranked " +
            $"({split.Held.Users.Count:N0} held out in all). Check the hold-out file's ids and the country, or leave this list out.");
    }

    private bool IsCandidate(UserRow user)
    {
        var shard = _population.Shards[user.Shard];
        return shard.Active.Span[user.Row] != 0 && (_country is null || shard.CountryOf(user.Row) == _country);
    }

    private ListEvaluation Measure(HoldOut split, UserSet notRanked, RankedUser[] ranked, int[] sizes)
    {
        var held = split.Held.Users.ToHashSet();
        var foundBy = new int[ranked.Length + 1];
        for (var i = 0; i < ranked.Length; i++) foundBy[i + 1] = foundBy[i] + (held.Contains(ranked[i].User) ? 1 : 0);

        var candidates = _context.Pool.Candidates - notRanked.CountCandidates(_population, _country);
        var recall = new double[sizes.Length];
        var precision = new double[sizes.Length];
        var defined = new double[sizes.Length];
        for (var i = 0; i < sizes.Length; i++)
        {
            var k = Math.Min(sizes[i], ranked.Length);
            recall[i] = ExpansionMetrics.Recall(foundBy[k], held.Count);
            precision[i] = ExpansionMetrics.Precision(foundBy[k], held.Count, k, candidates, out defined[i]);
        }

        return new ListEvaluation(
            split.Training.List.Id, split.Training.List.Users.Count, split.Training.Users.Count, held.Count, recall, precision, defined)
        {
            EngagedRecall = Engagement.Recall(split.Held, ranked, sizes),
        };
    }

    private static ListEvaluation Mean(ReadOnlySpan<ListEvaluation> repeats)
    {
        var all = repeats.ToArray();
        return all[0] with
        {
            Recall = MeanOf(list => list.Recall),
            Precision = MeanOf(list => list.Precision),
            PrecisionDefined = MeanOf(list => list.PrecisionDefined),
            EngagedRecall = MeanOf(list => list.EngagedRecall),
        };

        double[] MeanOf(Func<ListEvaluation, IReadOnlyList<double>> figure) =>
            [.. Enumerable.Range(0, figure(all[0]).Count).Select(i => all.Average(list => figure(list)[i]))];
    }
}
