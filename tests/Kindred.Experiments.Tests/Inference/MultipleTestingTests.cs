using Kindred.Experiments.Inference;

namespace Kindred.Experiments.Tests.Inference;

public sealed class MultipleTestingTests
{
    // Benjamini and Hochberg (1995), section 4.1.
    private static readonly double[] _published =
        [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0];

    [Fact]
    public void Holm_rejects_three_of_the_published_tests_and_Benjamini_Hochberg_four()
    {
        Assert.Equal(3, MultipleTesting.Holm(_published).Count(p => p <= 0.05));
        Assert.Equal(4, MultipleTesting.BenjaminiHochberg(_published).Count(p => p <= 0.05));
        // .0095 · 15/4 and .0344 · 15/8, which is below .0298 · 15/7 and .0278 · 15/6 and .0201 · 15/5.
        Assert.Equal([0.0356, 0.0603, 0.0639, 0.0639, 0.0645], MultipleTesting.BenjaminiHochberg(_published)[3..8].Select(p => Math.Round(p, 4)));
    }

    [Fact]
    public void Adjusted_p_values_reject_exactly_where_the_step_procedures_do() =>
        Gen.Select(Gen.Double[0, 1].Array[1, 20], Gen.Double[0.001, 0.999]).Sample((p, level) =>
        {
            double[] sorted = [.. p.Order()];
            // A value within rounding of the level may fall on either side.
            if (Enumerable.Range(1, p.Length).Any(times => sorted.Any(value => Enumerable.Range(1, p.Length).Any(rank => Math.Abs(value * times / rank - level) < 1e-12)))) return;
            // Holm: until the first p above level/(remaining tests).
            // Benjamini and Hochberg: up to the last p of at most level · rank/tests.
            var holm = sorted.TakeWhile((value, i) => value <= level / (p.Length - i)).Count();
            var hochberg = Enumerable.Range(1, p.Length).LastOrDefault(rank => sorted[rank - 1] <= level * rank / p.Length);
            Assert.Equal(p.Select(value => Array.IndexOf(sorted, value) < holm), MultipleTesting.Holm(p).Select(value => value <= level));
            Assert.Equal(p.Select(value => Array.IndexOf(sorted, value) < hochberg), MultipleTesting.BenjaminiHochberg(p).Select(value => value <= level));
        });

    [Fact]
    public void A_test_without_a_p_value_does_not_count()
    {
        Assert.Equal([0.02, double.NaN, 0.04], MultipleTesting.BenjaminiHochberg([0.01, double.NaN, 0.04]));
        Assert.Equal([0.02, double.NaN, 0.04], MultipleTesting.Holm([0.01, double.NaN, 0.04]));
        Assert.Empty(MultipleTesting.BenjaminiHochberg([]));
    }
}
