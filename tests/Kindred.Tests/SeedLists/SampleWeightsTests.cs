using Kindred.SeedLists;
using Kindred.Tests.Populations;

namespace Kindred.Tests.SeedLists;

public sealed class SampleWeightsTests
{
    private static readonly float _none = float.NaN;

    [Fact]
    public void A_count_is_weighted_by_its_logarithm_between_minimum_and_maximum()
    {
        // ln(1 + 0) = 0, ln(1 + 9) and ln(1 + 99) = 2 ln 10.
        AssertNear([0, 0.5, 1], SampleWeights.OfMetric([0, 9, 99], WeightScale.Detect));
        AssertNear([1, 0, Math.Log(4.0 / 3) / Math.Log(6.0 / 3)], SampleWeights.OfMetric([5, 2, 3], WeightScale.Count));
    }

    [Fact]
    public void A_rate_is_weighted_by_the_logarithm_of_a_million_times_the_rate()
    {
        double middle = Math.Log(1 + 0.001 * 1e6), most = Math.Log(1 + 0.5 * 1e6);
        AssertNear([0, middle / most, 1], SampleWeights.OfMetric([0, 0.001f, 0.5f], WeightScale.Detect));
        AssertNear([0, middle / most, 1], SampleWeights.OfMetric([0, 0.001f, 0.5f], WeightScale.Rate));
    }

    [Theory]
    // At least three values: two are always minimum and maximum, whatever the scale.
    [InlineData(new float[] { 0, 0.25f, 1 }, true)]
    [InlineData(new float[] { 0.25f, 0.5f, 0.75f, float.NaN }, true)]
    [InlineData(new float[] { 0.25f, 0.5f, 1.5f }, false)]
    [InlineData(new float[] { 0, 1, 2 }, false)]
    [InlineData(new float[] { -0.1f, 0.5f, 0.75f }, false)]
    public void A_column_is_a_rate_if_all_its_values_are_in_0_to_1_and_some_are_fractional(float[] values, bool isRate)
    {
        double[] asRate = SampleWeights.OfMetric(values, WeightScale.Rate), asCount = SampleWeights.OfMetric(values, WeightScale.Count);
        Assert.NotEqual(asRate, asCount);
        Assert.Equal(isRate ? asRate : asCount, SampleWeights.OfMetric(values, WeightScale.Detect));
    }

    [Fact]
    public void A_requested_kind_overrides_detection()
    {
        float[] values = [0, 0.25f, 1];
        AssertNear([0, Math.Log(1.25) / Math.Log(2), 1], SampleWeights.OfMetric(values, WeightScale.Count));
        AssertNear([0, Math.Log(250_001) / Math.Log(1_000_001), 1], SampleWeights.OfMetric(values, WeightScale.Rate));
    }

    [Fact]
    public void A_missing_value_gets_the_mean_weight() =>
        AssertNear([0, 0.5, 1, 0.5], SampleWeights.OfMetric([0, 9, 99, _none], WeightScale.Count));

    [Fact]
    public void If_all_values_are_equal_or_missing_all_weights_are_1()
    {
        AssertNear([1, 1, 1], SampleWeights.OfMetric([7, 7, 7], WeightScale.Detect));
        AssertNear([1, 1], SampleWeights.OfMetric([0, 0], WeightScale.Detect));
        AssertNear([1, 1], SampleWeights.OfMetric([7, _none], WeightScale.Detect));
        AssertNear([1, 1], SampleWeights.OfMetric([_none, _none], WeightScale.Detect));
        Assert.Empty(SampleWeights.OfMetric([], WeightScale.Detect));
    }

    [Fact]
    public void Several_metrics_are_averaged_and_literal_weights_stay_in_0_to_1()
    {
        var list = List(("impressions", [0, 9, 99]), ("ctr", [0.5f, 0, 0.5f]), ("unused", [1, 2, 3]));
        var options = new SampleWeightOptions { Metrics = ["impressions", "ctr"], Literal = true };
        AssertNear([0.5, 0.25, 1], Of(list, options));
    }

    [Fact]
    public void By_default_the_least_engaged_seed_gets_the_minimum_weight_and_the_mean_is_1()
    {
        var list = List(("impressions", [0, 9, 99]));
        var weights = Of(list, new SampleWeightOptions { Metrics = ["impressions"], Floor = 0.25 });
        AssertNear([0.25 * 3 / 1.75, 0.5 * 3 / 1.75, 3 / 1.75], weights);
        Assert.Equal(1, weights.Average(), 1e-6);
        AssertNear([0.1 * 3 / 1.6, 0.5 * 3 / 1.6, 3 / 1.6], Of(list, new SampleWeightOptions { Metrics = ["impressions"] }));
    }

    [Fact]
    public void Without_a_requested_metric_all_weights_are_equal() =>
        Assert.Equal([1, 1, 1], Of(List(("impressions", [0, 9, 99])), new SampleWeightOptions()));

    [Fact]
    public void Weights_follow_the_metric_and_average_1() =>
        Gen.Select(Gen.Float[0, 1e6f].Array[1, 60], Gen.Double[0, 1]).Sample((values, floor) =>
        {
            var weights = Of(List(("m", values)), new SampleWeightOptions { Metrics = ["m"], Floor = floor });
            Assert.Equal(1, weights.Average(), 1e-5);
            foreach (var (a, b) in values.Zip(weights).Order().Zip(values.Zip(weights).Order().Skip(1))) Assert.True(a.Second <= b.Second);
        });

    [Theory, InlineData(-1f), InlineData(float.PositiveInfinity), InlineData(float.NegativeInfinity)]
    public void A_metric_without_a_logarithm_is_refused(float value)
    {
        var error = Assert.Throws<KindredException>(() => Of(List(("clicks", [1, value])), new SampleWeightOptions { Metrics = ["clicks"] }));
        foreach (var part in new[] { "'list'", "'clicks'", "zero or more" }) Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unmatched_users_do_not_affect_the_scale()
    {
        var list = List(("impressions", [0, 9, 99]));
        using var population = TestPopulation.Of([new TestUser("u0", new float[8]), new TestUser("u1", new float[8])]);
        AssertNear([0, 1], SampleWeights.Of(SeedMatch.Of(list, population), new SampleWeightOptions { Metrics = ["impressions"], Literal = true }));
    }

    [Fact]
    public void A_missing_metric_is_refused_and_the_existing_ones_are_listed()
    {
        var error = Assert.Throws<KindredException>(
            () => Of(List(("clicks", [1, 2])), new SampleWeightOptions { Metrics = ["click"] }));
        foreach (var part in new[] { "'list'", "'click'", "clicks" }) Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    private static float[] Of(SeedList list, SampleWeightOptions options)
    {
        var users = Enumerable.Range(0, list.Users.Count).Select(i => new TestUser(list.Users.GetString(i), new float[8])).ToArray();
        using var population = TestPopulation.Of(users);
        return SampleWeights.Of(SeedMatch.Of(list, population), options);
    }

    private static SeedList List(params (string Name, float[] Values)[] metrics) =>
        new("list", TestPopulation.Sorted(metrics[0].Values.Select((_, i) => $"u{i}")), metrics.ToDictionary(metric => metric.Name, metric => metric.Values));

    private static void AssertNear(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-7);
    }

    private static void AssertNear(double[] expected, float[] actual) =>
        AssertNear(expected, Array.ConvertAll(actual, value => (double)value));
}
