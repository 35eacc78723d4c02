using Kindred.Audiences;
using Kindred.Populations;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Evaluation;

/// <summary>Measures a method by the act-alike post's protocol: trains on most of a seed list and ranks its held-out users.</summary>
/// <remarks>Ranks all users of the target population except those trained on (and those set aside). k = max(1, round(share ×
/// population)).</remarks>
public sealed class Evaluator
{
    private readonly Population _population;
    private readonly EvaluationOptions _options;
    private readonly int? _country;
    private readonly TrainingContext _context;
    private readonly int[] _sizes;

    /// <summary>Prepares to evaluate on a population.</summary>
    public Evaluator(Population population, EvaluationOptions options)
    {
        _population = population;
        _options = options;
        _country = population.CountryNumber(options.Country);
        _context = TrainingContext.For(population, options.Country, options.PoolLimit, options.Seed);
        _sizes = [.. options.Fractions.Select(share => (int)AudienceSize.OfShare(share).Of(_context.Pool.Candidates))];
    }

    /// <summary>Active users of the target: they are ranked, and sizes are shares of their number.</summary>
    public long Candidates => _context.Pool.Candidates;

    /// <summary>Trains and ranks every list on its splits; a method over sets trains and ranks each part and combines the rankings for each
    /// size.</summary>
    /// <param name="method">The method.</param>
    /// <param name="lists">For each seed list one or more splits; its figures are averaged over them.</param>
    /// <param name="weights">Weights of the seeds; null for equal weights.</param>
    /// <param name="progress">Receives the completed share, 0 to 1; called from several threads.</param>
    /// <param name="ranking">Receives true when training ends and ranking begins, and false when ranking ends: once per part.</param>
    /// <param name="cancellation">Stops.</param>
    public EvaluationResult Evaluate(
        IMethod method, IReadOnlyList<IReadOnlyList<HoldOut>> lists, SampleWeightOptions? weights = null,
        Action<double>? progress = null, Action<bool>? ranking = null, CancellationToken cancellation = default)
    {
        var splits = lists.SelectMany(list => list).Select(KeepCandidates).ToArray();
        IReadOnlyList<IExpansionMethod> parts = method is ISetMethod sets ? sets.Parts : [(IExpansionMethod)method];
        var ranked = new List<UserRow[][]>();
        var cost = 0.0;
        foreach (var part in parts)
        {
            var before = (double)ranked.Count;
            ranked.Add(
                Rank(part, splits, weights, share => progress?.Invoke((before + share) / parts.Count), ranking, ref cost, cancellation));
        }

        return Result(method.Name, lists, splits, (i, size) => method is ISetMethod combining
            ? combining.Combine([.. ranked.Select(part => part[i])], size, splits[i].Training.Users.Count)
            : ranked[0][i][..Math.Min(size, ranked[0][i].Length)]) with
        { CostPerPair = cost };
    }

    /// <summary>The highest ranked users of each split, best first: as many as the largest size.</summary>
    private UserRow[][] Rank(
        IExpansionMethod method, HoldOut[] splits, SampleWeightOptions? weights, Action<double>? progress, Action<bool>? ranking,
        ref double cost,
        CancellationToken cancellation)
    {
        var models = ModelTraining.TrainAll(
            method, [.. splits.Select(split => split.Training)], weights ?? new SampleWeightOptions(), _context, _options.Threads,
            share => progress?.Invoke(share * 0.9), cancellation);
        ranking?.Invoke(true);
        cost += models.Average(model => model.Scorer.CostPerPair);
        var requests = splits.Zip(models, (split, model) =>
            new AudienceRequest(model.Scorer, _sizes.Max(), [UserSet.Of(_population, split.NotRanked)])).ToArray();
        var pairs = (double)_context.Pool.Candidates * splits.Length;
        var done = 0L;
        var ranked = AudienceSelection.Select(_population, _country, requests, _options.Threads,
            count => progress?.Invoke(Math.Min(1, 0.9 + 0.1 * Interlocked.Add(ref done, count) / pairs)), cancellation);
        ranking?.Invoke(false);
        return [.. ranked.Select(users => Array.ConvertAll(users, user => user.User))];
    }

    private EvaluationResult Result(
        string name, IReadOnlyList<IReadOnlyList<HoldOut>> lists, HoldOut[] splits, Func<int, int, UserRow[]> selected)
    {
        var measured = splits.Select((split, i) => Measure(split, [.. _sizes.Select(size => selected(i, size))])).ToArray();
        var results = new List<ListEvaluation>();
        var first = 0;
        foreach (var list in lists)
        {
            results.Add(Mean(measured.AsSpan(first, list.Count)));
            first += list.Count;
        }

        return new EvaluationResult(name, _options.Fractions, results);
    }

    /// <summary>Held-out users who are not candidates cannot be found, so they are left out.</summary>
    private HoldOut KeepCandidates(HoldOut split)
    {
        var held = split.Held.Where(i => IsCandidate(split.Held.Users[i]));
        if (held.Users.Count > 0) return split with { Held = held };
        throw new KindredException(ErrorKind.BadInput, "no_held_out_candidates",
            $"Seed list '{split.Training.List.Id}' has no held-out user among the " +
            $"{_context.Pool.Candidates:N0} active users that are ranked ({split.Held.Users.Count:N0} held out in all).",
            "Check the ids of the held-out users and the country, or leave this list out.")
        {
            Values = new Dictionary<string, object?>
            {
                ["seed_list"] = split.Training.List.Id,
                ["held_out"] = split.Held.Users.Count,
                ["candidates"] = _context.Pool.Candidates,
            },
        };
    }

    private bool IsCandidate(UserRow user)
    {
        var shard = _population.Shards[user.Shard];
        return shard.Active.Span[user.Row] != 0 && (_country is null || shard.CountryOf(user.Row) == _country);
    }

    /// <param name="split">The users trained on, and the held-out users.</param>
    /// <param name="selected">[sizes] the users selected for each size.</param>
    private ListEvaluation Measure(HoldOut split, UserRow[][] selected)
    {
        var held = split.Held.Users.ToHashSet();
        var candidates = _context.Pool.Candidates - UserSet.Of(_population, split.NotRanked).CountCandidates(_population, _country);
        var recall = new double[selected.Length];
        var precision = new double[selected.Length];
        var defined = new double[selected.Length];
        for (var i = 0; i < selected.Length; i++)
        {
            var found = selected[i].Count(held.Contains);
            recall[i] = ExpansionMetrics.Recall(found, held.Count);
            precision[i] = ExpansionMetrics.Precision(found, held.Count, selected[i].Length, candidates, out defined[i]);
        }

        return new ListEvaluation(
            split.Training.List.Id, split.Training.List.Given, split.Training.Users.Count, held.Count, recall, precision, defined)
        {
            EngagedRecall = Engagement.Recall(split.Held, selected),
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
