using System.Globalization;
using Kindred.App.Comparison;
using Kindred.Evaluation;

namespace Kindred.Reports.Compare;

/// <summary>The verdict of a comparison in words, with its uncertainty.</summary>
public static class CompareWords
{
    /// <summary>The level of significance: differences with a corrected p-value up to this are reported as shown.</summary>
    public const double Level = 0.05;

    // The most names in one sentence; the tables have all.
    private const int MostNames = 8;
    private const int MostFigures = 3;

    /// <summary>The verdict: the best method, its lead over the baseline and the others, and where it does not lead.</summary>
    public static IReadOnlyList<string> Verdict(CompareResult result)
    {
        var main = result.Main;
        var best = main.Overall.MaxBy(method => method.AverageRecall.Value)!;
        List<string> sentences = [Best(result, best), .. AgainstBaseline(main, best), .. AgainstOthers(main, best)];
        if (result.HasBuckets) sentences.Add(BySize(main, best));
        if (result.Sizes.Count > 1) sentences.Add(Curve(result, best));
        sentences.AddRange(Weighting(result));
        return sentences;
    }

    /// <summary>A bucket's label: its range of seeds, and its name in the act-alike post if it has one.</summary>
    public static string Bucket(SizeBucket bucket)
    {
        var range = bucket.Least == bucket.Most ? Figure.Count(bucket.Least) : $"{Figure.Count(bucket.Least)}–{Figure.Count(bucket.Most)}";
        return $"{range} seeds{(bucket.Name is null ? "" : $" ({bucket.Name})")}";
    }

    /// <summary>A relative gain with its sign: +6.8% ± 1.2.</summary>
    public static string Gain(Measured gain)
    {
        if (!double.IsFinite(gain.Value)) return Figure.None;
        var text = (gain.Value >= 0 ? "+" : "") + Figure.Percent(gain.Value);
        return double.IsFinite(gain.StandardError) ? $"{text}\u00A0±\u00A0{Figure.Fixed(100 * gain.StandardError, 1)}" : text;
    }

    /// <summary>Formats a p-value.</summary>
    public static string P(double value) => value switch
    {
        double.NaN => Figure.None,
        < 0.0001 => "< .0001",
        >= 0.9995 => "1",
        _ => value.ToString(value < 0.001 ? ".0000" : ".000", CultureInfo.InvariantCulture),
    };

    private static string Best(CompareResult result, MethodFigures best)
    {
        var lists = result.Main.Results[0].Lists.Count;
        var trained = result.Sizes[^1].Seeds is { } seeds ? $" with {Figure.Count(seeds)} seeds of each" : "";
        return $"Of {result.Methods.Count} methods, {best.Method} finds the most held-out seeds of {Figure.Count(lists)} seed " +
            $"{(lists == 1 ? "list" : "lists")}{trained}: "
            + $"an average recall of {Figure.WithError(Estimate(best.AverageRecall))}.";
    }

    private static IEnumerable<string> AgainstBaseline(MethodComparison main, MethodFigures best)
    {
        if (best.AgainstBaseline is not { } test)
        {
            yield return $"It is the baseline itself: no other method has a higher average.";
            yield break;
        }

        var tests = main.Overall.Count - 1;
        var comparisons = $"{Figure.Count(tests)} {(tests == 1 ? "comparison" : "comparisons")} with it";
        if (TooFew(Lists(main), tests) is { } few)
        {
            yield return $"It is not shown to be ahead of the baseline {main.Baseline} ({Gain(best.RecallGain)} on average recall): " +
                $"{few} for {comparisons}.";
            yield break;
        }

        var after = $"p {Equal(test.Corrected)} after correction for {comparisons}";
        yield return test.Corrected <= Level
            ? $"It is ahead of the baseline {main.Baseline} by {Gain(best.RecallGain)} on average recall ({after})."
            : $"It is not shown to be ahead of the baseline {main.Baseline}: {Gain(best.RecallGain)} on average recall ({after}).";
    }

    private static IEnumerable<string> AgainstOthers(MethodComparison main, MethodFigures best)
    {
        var pairs = main.Pairs.Where(pair => pair.Method == best.Method && pair.Other != main.Baseline).ToArray();
        if (pairs.Length == 0) yield break;
        var all = main.Pairs.Count == 1 ? "the only pair of methods" : $"all {Figure.Count(main.Pairs.Count)} pairs of methods";
        if (TooFew(Lists(main), main.Pairs.Count) is { } few)
        {
            yield return $"No other method is shown to differ from it: {few} for {all}.";
            yield break;
        }

        string[] shown = [.. pairs.Where(pair => pair.Corrected <= Level).Select(pair => pair.Other)];
        MethodDifference[] unsure = [.. pairs.Where(pair => !(pair.Corrected <= Level))];
        var ahead = shown.Length <= MostNames ? Figure.Enumerated(shown) : $"{shown.Length} others";
        var open = unsure.Length <= MostFigures
            ? Figure.Enumerated([.. unsure.Select(pair => $"{pair.Other} ({Sure(pair)})")])
            : $"{unsure.Length} others, the closest being {unsure[0].Other} ({Sure(unsure[0])})";
        var among = main.Pairs.Count == 1 ? "Paired by list, " : $"Among {all}, corrected together, ";
        yield return among + (shown.Length, unsure.Length) switch
        {
            (_, 0) => $"{best.Method} is ahead of {ahead}.",
            (0, _) => $"{best.Method} is not shown to be ahead of {open}.",
            _ => $"{best.Method} is ahead of {ahead}; it is not shown to be ahead of {open}.",
        };
    }

    /// <summary>The reason why so few lists cannot show a difference; null if they can.</summary>
    private static string? TooFew(int lists, int tests)
    {
        if (PairedTest.SmallestCorrected(lists, tests) <= Level) return null;
        var takes = PairedTest.FewestLists(Level, tests) is { } fewest
            ? $"a test needs at least {Figure.Count(fewest)}"
            : "no number of lists is enough for a test";
        return $"{Figure.Count(lists)} {(lists == 1 ? "list is" : "lists are")} too few, {takes}";
    }

    private static int Lists(MethodComparison comparison) => comparison.Results[0].Lists.Count;

    private static string BySize(MethodComparison main, MethodFigures best)
    {
        var index = main.Overall.ToList().IndexOf(best);
        if (best.AgainstBaseline is null) return "By size of the list: see the figures below.";
        var words = main.Buckets.Select(bucket =>
        {
            var figures = bucket.Methods[index];
            var side = figures.RecallGain.Value >= 0 ? "ahead" : "behind";
            var surely = figures.AgainstBaseline!.Corrected <= Level ? "" : ", possibly by chance";
            var few = bucket.Bucket.IsSmall
                ? $", with {bucket.Bucket.Lists.Count} {(bucket.Bucket.Lists.Count == 1 ? "list" : "lists")} only"
                : $" ({bucket.Bucket.Lists.Count} lists)";
            return $"{side} at {Bucket(bucket.Bucket)}{few}: {Gain(figures.RecallGain)}{surely}";
        });
        return $"Against {main.Baseline} by size of the list it is {string.Join("; ", words)}.";
    }

    private static string Curve(CompareResult result, MethodFigures best)
    {
        // If the baseline is best with the most seeds, the runner-up may lead with fewer.
        best = best.AgainstBaseline is not null
            ? best
            : result.Main.Overall.Where(method => method.AgainstBaseline is not null).MaxBy(method => method.AverageRecall.Value)!;
        var words = result.Sizes.Select(size =>
        {
            var method = size.Comparison.Overall.Single(figures => figures.Method == best.Method);
            return $"{Gain(method.RecallGain)} with {Figure.Count(size.Seeds!.Value)}";
        });
        return $"By the number of seeds of the same lists, {best.Method} against {result.Main.Baseline}: {string.Join(", ", words)}.";
    }

    private static IEnumerable<string> Weighting(CompareResult result)
    {
        if (result.Weighting.Count == 0) yield break;
        var tests = 2 * result.Weighting.Count;
        if (TooFew(Lists(result.Main), tests) is { } few)
        {
            yield return $"No effect of sample weights can be shown: {few} for {tests} comparisons with and without them.";
            yield break;
        }

        yield return $"Sample weights: recall {Changes([.. result.Weighting.Select(weighting => weighting.Recall)])}; "
            + $"the share of the held-out users' engagement that is found " +
                $"{Changes([.. result.Weighting.Select(weighting => weighting.EngagedRecall)])}.";
    }

    /// <summary>The methods whose figure is shown to change with weights.</summary>
    private static string Changes(MethodDifference[] tests)
    {
        var shown = tests.Where(test => test.Corrected <= Level).ToArray();
        string[] ways = [.. new[] { ("rises", true), ("falls", false) }
            .Select(way => (Word: way.Item1, Tests: shown.Where(test => test.Difference.Value > 0 == way.Item2).ToArray()))
            .Where(way => way.Tests.Length > 0).Select(way => $"{way.Word} with {Weighted(way.Tests)}")];
        return ways.Length > 0 ? string.Join(" and ", ways)
            : tests.Length == 1
                ? $"is not shown to change with {tests[0].Other} ({Sure(tests[0])})"
                : $"is not shown to change with any of {tests.Length} methods";
    }

    private static string Weighted(MethodDifference[] tests) => tests.Length <= MostFigures
        ? Figure.Enumerated([.. tests.Select(test => $"{test.Other} ({Sure(test)})")])
        : $"{tests.Length} methods";

    private static string Sure(MethodDifference test) => $"{Gain(test.Gain)}, p {Equal(test.Corrected)}";

    private static string Equal(double p) => P(p) is var text && text.StartsWith('<') ? text : "= " + text;

    private static Estimate Estimate(Measured figure) => new(figure.Value, figure.StandardError);
}
