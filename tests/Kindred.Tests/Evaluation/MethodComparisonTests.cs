using Kindred.Evaluation;

namespace Kindred.Tests.Evaluation;

public sealed class MethodComparisonTests
{
    [Fact]
    public void The_standard_error_of_a_gain_is_that_of_a_ratio_of_paired_means()
    {
        // NumPy: R = mean(m)/mean(b); sqrt((var m − 2 R cov + R² var b)/n)/mean(b).
        var (gain, error) = Measured.RelativeGainOf([0.5, 0.3, 0.9, 0.42], [0.4, 0.31, 0.7, 0.4]);
        Assert.Equal(0.17127071823204432, gain, 1e-12);
        Assert.Equal(0.07478880111737514, error, 1e-12);
    }

    [Fact]
    public void A_method_with_the_same_relative_gain_on_every_list_has_no_standard_error()
    {
        var (gain, error) = Measured.RelativeGainOf([0.55, 0.11, 0.33], [0.5, 0.1, 0.3]);
        Assert.Equal(0.1, gain, 1e-12);
        Assert.Equal(0, error, 1e-12);
        Assert.True(double.IsNaN(Measured.RelativeGainOf([0.1, 0.2], [0, 0]).Value));
        Assert.True(double.IsNaN(Measured.RelativeGainOf([0.1], [0.2]).StandardError));
    }

    [Fact]
    public void Metrics_are_means_per_bucket_and_gains_are_over_the_baseline()
    {
        // Five small and five large lists. The method is ahead by 50% on the small ones and behind by 25% on the large ones.
        var baseline = Result("base", 0.2, 0.2, 0.2, 0.2, 0.2, 0.4, 0.4, 0.4, 0.4, 0.4);
        var method = Result("new", 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3);
        var comparison = MethodComparison.Of([method, baseline], "base");
        Assert.Equal(0.3, comparison.Overall[0].AverageRecall.Value, 1e-12);
        Assert.Equal(0, comparison.Overall[0].RecallGain.Value, 1e-12);
        Assert.Null(comparison.Overall[1].AgainstBaseline);
        Assert.Equal(2, comparison.Buckets.Count);
        Assert.Equal([0.5, -0.25], comparison.Buckets.Select(bucket => Math.Round(bucket.Methods[0].RecallGain.Value, 12)));
        Assert.Equal([0.5, -0.25], comparison.Buckets.Select(bucket => Math.Round(bucket.Methods[0].RecallGains[1].Value, 12)));
        // All five signs flipped or none: 2/32, for both buckets.
        Assert.All(comparison.Buckets, bucket => Assert.Equal(2 * 2.0 / 32, bucket.Methods[0].AgainstBaseline!.Corrected, 1e-12));
        Assert.Equal((5, 5), (comparison.Pairs[0].Ahead, comparison.Pairs[0].Behind));
    }

    [Fact]
    public void Every_pair_is_compared_once_with_the_better_first_and_corrected_for_all_pairs()
    {
        double[] values = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];
        EvaluationResult Shifted(string name, double by) => Result(name, [.. values.Select((value, i) => value + by * (1 + i % 3))]);
        var comparison = MethodComparison.Of([Shifted("low", -0.01), Shifted("high", 0.02), Shifted("middle", 0)], "middle");
        Assert.Equal(["high>middle", "high>low", "middle>low"], comparison.Pairs.Select(pair => $"{pair.Method}>{pair.Other}"));
        Assert.All(comparison.Pairs, pair => Assert.Equal((3 * 2.0 / 256, 2.0 / 256), (pair.Corrected, pair.SignFlip)));
        Assert.All(comparison.Overall.Where(method => method.Method != "middle"), method => Assert.Equal(2 * 2.0 / 256, method.AgainstBaseline!.Corrected));
        Assert.Equal(Math.Round(0.02 * 15 / 8, 9), Math.Round(comparison.Pairs[0].Difference.Value, 9));
    }

    [Fact]
    public void References_are_compared_only_with_the_baseline()
    {
        EvaluationResult[] results = [Result("a", 0.5, 0.6), Result("b", 0.4, 0.5), Result("chance", 0.1, 0.1), Result("base", 0.2, 0.3)];
        var comparison = MethodComparison.Of(results, "base", references: ["chance"]);
        Assert.Equal(["a>b", "a>base", "b>base"], comparison.Pairs.Select(pair => $"{pair.Method}>{pair.Other}"));
        Assert.Equal(3, comparison.Overall.Count(method => method.AgainstBaseline is not null));
        Assert.Equal(6, MethodComparison.Of(results, "base").Pairs.Count);
    }

    [Fact]
    public void Results_of_other_lists_are_refused()
    {
        var two = Result("a", 0.1, 0.2);
        Assert.Throws<ArgumentException>(() => MethodComparison.Of([two, Result("b", 0.1, 0.2, 0.3)], "a"));
        Assert.Throws<ArgumentException>(() => MethodComparison.Of([two, Result("b", 0.1, 0.2)], "c"));
    }

    private static EvaluationResult Result(string method, params double[] recalls) => new(method, [0.1, 0.2],
        [.. recalls.Select((recall, i) => new ListEvaluation($"list {i}", 10 + i, 9 + i, 1, [recall / 2, recall * 1.5], [0.5, 0.5], [1, 1]))]);
}
