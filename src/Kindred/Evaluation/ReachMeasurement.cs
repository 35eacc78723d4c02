using Kindred.Audiences;
using Kindred.Populations;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Evaluation;

/// <summary>Measures reach curves: every user of a list is held out once and ranked by a model that was not trained on that user.</summary>
/// <remarks>
/// All users of the target population are ranked, except those trained on. Bands are Wilson intervals over the held-out users, for one size
/// alone; they do not include the variation between models trained on other draws of the list.
/// </remarks>
public sealed class ReachMeasurement
{
    // Lists with models in memory at a time.
    private const int BatchLists = 64;

    private readonly Population _population;
    private readonly ReachOptions _options;
    private readonly int? _country;
    private readonly TrainingContext _context;

    /// <summary>Prepares to measure on a population.</summary>
    public ReachMeasurement(Population population, ReachOptions options)
    {
        OptionsValidation.Require(options);
        _population = population;
        _options = options;
        _country = population.CountryNumber(options.Country);
        _context = TrainingContext.For(population, options.Country, options.PoolLimit, options.Seed);
    }

    /// <summary>Measures one curve per list, in the order given.</summary>
    /// <param name="method">The method.</param>
    /// <param name="lists">The users of each list: at least as many as folds, and at least one candidate among them.</param>
    /// <param name="weights">Weights of the seeds; null for equal weights.</param>
    /// <param name="progress">Receives the completed share, 0 to 1; called from several threads.</param>
    /// <param name="cancellation">Stops.</param>
    public IReadOnlyList<ReachCurve> Measure(
        IExpansionMethod method, IReadOnlyList<SeedMatch> lists, SampleWeightOptions? weights = null,
        Action<double>? progress = null, CancellationToken cancellation = default)
    {
        var curves = new List<ReachCurve>(lists.Count);
        foreach (var batch in lists.Chunk(BatchLists))
        {
            var (before, share) = ((double)curves.Count / lists.Count, (double)batch.Length / lists.Count);
            curves.AddRange(MeasureBatch(
                method, batch, weights ?? new SampleWeightOptions(), done => progress?.Invoke(before + share * done), cancellation));
        }

        return curves;
    }

    private ReachCurve[] MeasureBatch(
        IExpansionMethod method, SeedMatch[] lists, SampleWeightOptions weights, Action<double> progress, CancellationToken cancellation)
    {
        var splits = lists.SelectMany(list => CrossFit.Folds(list, _options.Folds, _options.Seed, _population)).ToArray();
        var models = ModelTraining.TrainAll(
            method, [.. splits.Select(split => split.Training)], weights, _context, _options.Threads,
            share => progress(share * 0.9), cancellation);
        var requests = splits.Zip(models, (split, model) => new RankRequest(
            model.Scorer, [.. split.Held.Users.Where(IsCandidate)], [UserSet.Of(_population, split.Training.Users)])).ToArray();

        var (done, pairs) = (0L, (double)_context.Pool.Candidates * splits.Length);
        var ranks = UserRanks.Find(_population, _country, requests, _options.Threads,
            count => progress(Math.Min(1, 0.9 + 0.1 * Interlocked.Add(ref done, count) / pairs)), cancellation);
        return [.. lists.Select((list, i) => Curve(list, [.. Enumerable.Range(i * _options.Folds, _options.Folds).Select(fold =>
            new FoldRanks(ranks[fold], _context.Pool.Candidates - requests[fold].Excluded[0].CountCandidates(_population, _country)))]))];
    }

    private ReachCurve Curve(SeedMatch list, FoldRanks[] folds)
    {
        if (folds.All(fold => fold.Ranks.Count == 0))
        {
            throw new KindredException(ErrorKind.BadInput, "no_ranked_seeds",
                FormattableString.Invariant($"None of the {list.Users.Count:N0} users of seed list '{list.List.Id}' is among the ") +
                FormattableString.Invariant($"{_context.Pool.Candidates:N0} active users that are ranked, so none can be found."),
                "Check the users' column 'active' and the country, or leave this list out.")
            {
                Values = new Dictionary<string, object?>
                {
                    ["seed_list"] = list.List.Id,
                    ["seeds"] = list.Users.Count,
                    ["candidates"] = _context.Pool.Candidates,
                },
            };
        }

        if (folds.Sum(fold => fold.Ranked) <= folds.Sum(fold => fold.Ranks.Count)) throw new NoNegativesException(list.List.Id);
        return ReachCurve.Of(list.List.Id, list.Users.Count, _context.Pool.Candidates, _options.Shares, folds);
    }

    private bool IsCandidate(UserRow user)
    {
        var shard = _population.Shards[user.Shard];
        return shard.Active.Span[user.Row] != 0 && (_country is null || shard.CountryOf(user.Row) == _country);
    }
}
