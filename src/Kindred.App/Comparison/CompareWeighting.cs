using Kindred.Evaluation;

namespace Kindred.App.Comparison;

/// <summary>The effect of sample weights on one method.</summary>
/// <param name="Method">The method.</param>
/// <param name="Recall">The difference that weights make to average recall, in which all held-out users count alike.</param>
/// <param name="EngagedRecall">The difference that weights make to average engaged recall, in which held-out users count by their
/// metrics.</param>
public sealed record CompareWeighting(string Method, MethodDifference Recall, MethodDifference EngagedRecall)
{
    /// <summary>Compares each method that was measured both ways; p-values are corrected for all methods and both figures
    /// together.</summary>
    public static IReadOnlyList<CompareWeighting> Of(IEnumerable<EvaluationResult> results, ulong seed)
    {
        var byName = results.ToDictionary(result => result.Method, StringComparer.Ordinal);
        var names = byName.Keys.Where(name => byName.ContainsKey(name + MethodVariant.Weighted)).ToArray();
        var tests = MethodDifference.Correct([.. names.SelectMany(name =>
            new[] { Test(name, list => list.AverageRecall), Test(name, list => list.AverageEngagedRecall) })]);
        return [.. names.Select((name, i) => new CompareWeighting(name, tests[2 * i], tests[2 * i + 1]))];

        MethodDifference Test(string name, Func<ListEvaluation, double> figure) => MethodDifference.Of(
            byName[name + MethodVariant.Weighted], byName[name], [.. Enumerable.Range(0, byName[name].Lists.Count)], seed, figure);
    }
}
