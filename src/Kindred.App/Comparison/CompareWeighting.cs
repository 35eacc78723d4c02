using Kindred.Evaluation;

namespace Kindred.App.Comparison;

/// <summary>What sample weights do for one method.</summary>
/// <param name="Method">The method.</param>
/// <param name="Recall">With weights against without, by average recall: all held-out users count alike.</param>
/// <param name="EngagedRecall">The same by average engaged recall: held-out users count by their metrics.</param>
public sealed record CompareWeighting(string Method, MethodDifference Recall, MethodDifference EngagedRecall)
{
    /// <summary>One a method that was measured both ways; p-values are corrected for all of them, both figures together.</summary>
    public static IReadOnlyList<CompareWeighting> Of(IEnumerable<EvaluationResult> results, ulong seed)
    {
        var byName = results.ToDictionary(result => result.Method, StringComparer.Ordinal);
        var names = byName.Keys.Where(name => byName.ContainsKey(name + MethodVariant.Weighted)).ToArray();
        var tests = MethodDifference.Correct([.. names.SelectMany(name => new[] { Test(name, list => list.AverageRecall), Test(name, list => list.AverageEngagedRecall) })]);
        return [.. names.Select((name, i) => new CompareWeighting(name, tests[2 * i], tests[2 * i + 1]))];

        MethodDifference Test(string name, Func<ListEvaluation, double> figure) => MethodDifference.Of(
            byName[name + MethodVariant.Weighted], byName[name], [.. Enumerable.Range(0, byName[name].Lists.Count)], seed, figure);
    }
}
