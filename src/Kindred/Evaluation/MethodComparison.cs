namespace Kindred.Evaluation;

/// <summary>Several methods on the same splits of the same seed lists: overall, by size of the list, and pair by pair.</summary>
/// <remarks>
/// Three families of tests, each corrected separately by Holm's method: every method against the baseline over all lists; the same
/// in each bucket; and every pair of methods over all lists. Use the pairs to judge the best of several methods, because a method picked
/// afterwards was chosen by the same figures. References, which are never chosen, are in no pair: each of them would make it harder to show
/// differences between the others.
/// </remarks>
public sealed record MethodComparison
{
    /// <summary>The methods, in the order given.</summary>
    public required IReadOnlyList<EvaluationResult> Results { get; init; }

    /// <summary>The baseline method, over which gains are computed.</summary>
    public required string Baseline { get; init; }

    /// <summary>Figures over all lists, in the order of <see cref="Results"/>.</summary>
    public required IReadOnlyList<MethodFigures> Overall { get; init; }

    /// <summary>Figures by size of the seed list, ascending.</summary>
    public required IReadOnlyList<BucketFigures> Buckets { get; init; }

    /// <summary>Every pair of methods over all lists, without references; the method that is ahead or equal comes first.</summary>
    public required IReadOnlyList<MethodDifference> Pairs { get; init; }

    /// <summary>Compares methods.</summary>
    /// <param name="results">One result per method, of the same lists in the same order.</param>
    /// <param name="baseline">The name of the baseline method.</param>
    /// <param name="seed">Seed of the sign-flip tests that draw.</param>
    /// <param name="references">Names of methods that are measured as a lower bound, and are in no pair.</param>
    /// <exception cref="ArgumentException">The results have different lists or sizes, or none is the baseline's.</exception>
    public static MethodComparison Of(
        IReadOnlyList<EvaluationResult> results, string baseline, ulong seed = 1, IReadOnlyCollection<string>? references = null)
    {
        var reference = results.FirstOrDefault(result => result.Method == baseline)
            ?? throw new ArgumentException($"None of the results is of the baseline '{baseline}'.", nameof(baseline));
        if (results.Any(result => !SameLists(result, reference)))
        {
            throw new ArgumentException("Results are paired by list, but these are of different lists or sizes.", nameof(results));
        }

        int[] all = [.. Enumerable.Range(0, reference.Lists.Count)];
        var buckets = SizeBucket.Of([.. reference.Lists.Select(list => list.Training + list.HeldOut)]);
        return new MethodComparison
        {
            Results = results,
            Baseline = baseline,
            Overall = Against(results, reference, [all], seed)[0],
            Buckets = [.. buckets.Zip(
                Against(results, reference, [.. buckets.Select(bucket => bucket.Lists)], seed),
                (bucket, figures) => new BucketFigures(bucket, figures))],
            Pairs = MethodDifference.Correct([.. AllPairs([.. results.Where(result => references?.Contains(result.Method) != true)])
                .Select(pair => MethodDifference.Of(pair.First, pair.Second, all, seed))]),
        };
    }

    private static bool SameLists(EvaluationResult a, EvaluationResult b) =>
        a.Fractions.SequenceEqual(b.Fractions)
            && a.Lists.Select(list => list.SeedListId).SequenceEqual(b.Lists.Select(list => list.SeedListId));

    /// <summary>Figures and tests of each method in each set of lists, corrected together.</summary>
    private static MethodFigures[][] Against(
        IReadOnlyList<EvaluationResult> results, EvaluationResult reference, IReadOnlyList<IReadOnlyList<int>> sets, ulong seed)
    {
        var others = results.Where(result => result != reference).ToArray();
        var tests = MethodDifference.Correct(
            [.. sets.SelectMany(lists => others.Select(result => MethodDifference.Of(result, reference, lists, seed)))]);
        return [.. sets.Select((lists, set) => results.Select(result => MethodFigures.Of(result, reference, lists) with
        {
            AgainstBaseline = result == reference ? null : tests[set * others.Length + Array.IndexOf(others, result)],
        }).ToArray())];
    }

    private static IEnumerable<(EvaluationResult First, EvaluationResult Second)> AllPairs(IReadOnlyList<EvaluationResult> results)
    {
        var ranked = results.OrderByDescending(result => result.AverageRecall).ToArray();
        return ranked.SelectMany((first, i) => ranked.Skip(i + 1).Select(second => (first, second)));
    }
}
