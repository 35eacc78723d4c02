using Kindred.Experiments.Analysis;

namespace Kindred.Experiments.Tests;

public sealed class HeaviestUnitTests
{
    [Theory]
    // One of 1,001 units has 99% of the sum.
    [InlineData(100_000, 1_000, 1, true)]
    // Five buyers of the same amount have a fifth of it each.
    [InlineData(10, 4, 10, false)]
    [InlineData(100, 4, 10, true)]
    // 9%, which is less than a tenth.
    [InlineData(100, 1_000, 1, false)]
    [InlineData(100, 0, 0, false)]
    public void A_unit_carries_the_mean_if_it_alone_halves_the_effective_number(double heavy, int others, double value, bool carries)
    {
        double[] values = [heavy, .. Enumerable.Repeat(value, others), .. Enumerable.Repeat(0.0, 50)];
        var found = HeaviestUnit.Of(1, Moments(values), values.Max());
        Assert.Equal(carries, found is not null);
        if (found is null) return;
        Assert.Equal(1, found.Arm);
        Assert.Equal(heavy / values.Sum(), found.Share, 12);
        Assert.Equal(Effective(values[1..]), found.EffectiveUnitsWithout, 6);
    }

    [Fact]
    public void Its_figures_are_those_of_the_units_without_it() =>
        Gen.Double[0, 100].Array[2, 40].Select(Gen.Double[1, 1e6], (values, heavy) => (double[])[heavy, .. values]).Sample(values =>
        {
            var found = HeaviestUnit.Of(0, Moments(values), values.Max());
            double[] rest = [.. values.Order().SkipLast(1)];
            var carries = values.Max() > .1 * values.Sum() && Effective(rest) >= 2 * Effective(values);
            // On the edge, rounding decides.
            if (Math.Abs(Effective(rest) / (2 * Effective(values)) - 1) < 1e-6) return;
            Assert.Equal(carries, found is not null);
            if (found is not null) Assert.Equal(1, found.EffectiveUnitsWithout / Effective(rest), 1e-3);
        });

    [Fact]
    public void Only_means_and_ratios_of_values_above_0_have_one()
    {
        HeaviestUnit? Of(MetricKind kind, bool allowsNegative)
        {
            var quantity = new Quantity { Name = "spend", AllowsNegative = allowsNegative };
            var metric = new Metric { Name = "spend", Kind = kind, Numerator = quantity, Denominator = kind == MetricKind.Ratio ? quantity : null };
            double[] even = [.. Enumerable.Repeat(1.0, 500)], heavy = [.. even[1..], 1e6];
            var data = new ExperimentData
            {
                Arms = ["control", "treatment"],
                Units = [500, 500],
                Rows = 1_000,
                Metrics = [new MetricData { Metric = metric, HasBefore = false, Arms = [Moments(even), Moments(heavy)], Largest = [1, 1e6] }],
            };
            return ExperimentAnalyzer.Analyze(data, new AnalysisOptions()).Treatments[0].Metrics[0].Heaviest;
        }

        Assert.Equal(1, Of(MetricKind.Mean, false)!.Arm);
        Assert.Equal(1, Of(MetricKind.Ratio, false)!.Arm);
        Assert.Null(Of(MetricKind.Mean, true));
        Assert.Null(Of(MetricKind.Share, false));
    }

    private static MetricMoments Moments(double[] values) => MetricMoments.OfMean(values.Sum(), values.Sum(value => value * value), values.Length);

    private static double Effective(double[] values) => values.Sum() * values.Sum() / values.Sum(value => value * value);
}
