using Kindred.App.Comparison;
using Kindred.Evaluation;
using Kindred.Reports.Compare;

namespace Kindred.Reports.Tests.Compare;

/// <summary>Sentences of comparisons of many methods stay short, because tables hold the details.</summary>
public sealed class CompareWordsTests
{
    [Fact]
    public void The_verdict_on_many_methods_names_only_the_nearest()
    {
        // Ten methods that take turns in the lead, on twenty lists: enough lists to show a difference if there were one.
        var verdict = Verdict([.. Enumerable.Range(0, 10).Select(method => Result(
            $"method-{method}", 20, list => 0.3 + (0.05 * ((list * 7 + method * 3) % 11) / 10) - (0.0001 * method)))]);
        Assert.Contains("is not shown to be ahead of 8 others, the closest being ", verdict, StringComparison.Ordinal);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(verdict, "the closest being "));
        // One p-value for the baseline and one for the nearest method.
        Assert.Equal(2, System.Text.RegularExpressions.Regex.Count(verdict, "p = "));
    }

    [Fact]
    public void The_verdict_on_weights_states_only_demonstrated_changes()
    {
        // Recall rises by a tenth on every list with the first method, falls with the second, and stays the same with the third.
        static double Base(int list) => 0.3 + (0.01 * list);
        EvaluationResult[] results =
        [
            Result("up", 20, Base), Result("up-weighted", 20, list => 1.1 * Base(list)),
            Result("down", 20, Base), Result("down-weighted", 20, list => 0.9 * Base(list)),
            Result("same", 20, Base), Result("same-weighted", 20, Base),
        ];
        var verdict = Verdict(results);
        // The minimum p-value is 1 in 100,000 drawn sign patterns, times six tests.
        Assert.Contains("Sample weights: recall rises with up (+10.0%\u00A0±\u00A00.0, p < .0001) and falls with down (−10.0%\u00A0±\u00A00.0, p < .0001); ", verdict, StringComparison.Ordinal);
        Assert.Contains("that is found is not shown to change with any of 3 methods.", verdict, StringComparison.Ordinal);
    }

    private static string Verdict(EvaluationResult[] results) => string.Join(" ", CompareWords.Verdict(new CompareResult
    {
        Sizes = [new ComparedSize(100, MethodComparison.Of(results, results[^1].Method), [])],
        Methods = [.. results.Select(result => new ComparedMethod(result.Method, "items"))],
        Candidates = 1000,
        Repeats = 1,
        Weighting = CompareWeighting.Of(results, 1),
    }));

    private static EvaluationResult Result(string name, int lists, Func<int, double> recall) => new(name, [0.1],
        [.. Enumerable.Range(0, lists).Select(list =>
            new ListEvaluation($"list {list}", 100, 90, 10, [recall(list)], [0.5], [1]) { EngagedRecall = [0.4] })]);
}
