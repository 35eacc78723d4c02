using System.Numerics;
using Kindred.Evaluation;
using Kindred.Sampling;

namespace Kindred.Tests.Evaluation;

public sealed class ExpansionMetricsTests
{
    [Fact]
    public void Recall_is_the_share_of_held_out_users_found()
    {
        Assert.Equal(0.25, ExpansionMetrics.Recall(1, 4));
        Assert.Equal(0, ExpansionMetrics.Recall(0, 4));
        Assert.Equal(1, ExpansionMetrics.Recall(4, 4));
    }

    [Theory]
    // Of 4 other users 2 are drawn and 2 selected: b is 0, 1, 2 with probability 1/6, 4/6, 1/6, so 1/6 · 1 + 4/6 · 1/2 + 1/6 · 1/3.
    [InlineData(1, 2, 3, 6, 5.0 / 9, 1)]
    // One other user is selected and is in R with probability 1/2. No held-out user is found, so it is 0/0 half of the time.
    [InlineData(0, 2, 1, 6, 0, 0.5)]
    // Three of the four other users are selected, so at least one of R always is.
    [InlineData(0, 2, 3, 6, 0, 1)]
    // All users are selected: 2 of H and 2 of R.
    [InlineData(2, 2, 6, 6, 0.5, 1)]
    // Only held-out users are selected.
    [InlineData(2, 2, 2, 6, 1, 1)]
    // There is no other user to draw R from.
    [InlineData(3, 3, 3, 3, 1, 1)]
    [InlineData(0, 3, 0, 3, 0, 0)]
    public void Precision_equals_an_expectation_calculated_by_hand(int found, int heldOut, long k, long candidates, double expected, double expectedDefined)
    {
        Assert.Equal(expected, ExpansionMetrics.Precision(found, heldOut, k, candidates, out var defined), 1e-14);
        Assert.Equal(expectedDefined, defined, 1e-14);
    }

    [Fact]
    public void Precision_equals_the_sum_over_the_hypergeometric_distribution_in_integers() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[0, 200], Gen.Int[0, 60], Gen.Int[0, 200]).Sample((heldOut, others, found, selected) =>
        {
            found = Math.Min(found, heldOut);
            selected = Math.Min(selected, others);
            var drawn = Math.Min(heldOut, others);
            var ways = Enumerable.Range(0, drawn + 1).Select(b => Choose(drawn, b) * Choose(others - drawn, selected - b)).ToArray();
            var all = Choose(others, selected);
            double expected = 0, none = found == 0 ? Ratio(ways[0], all) : 0;
            for (var b = 0; b <= drawn; b++) expected += found > 0 ? Ratio(ways[b], all) * found / (found + b) : 0;
            Assert.Equal(expected, ExpansionMetrics.Precision(found, heldOut, found + selected, heldOut + others, out var defined), 1e-12);
            Assert.Equal(1 - none, defined, 1e-12);
        }, iter: 300);

    [Theory]
    [InlineData(1_500, 3_000, 20_000, 200_000)]
    [InlineData(1, 3_000, 150_000, 200_000)]
    [InlineData(0, 100, 2_000, 200_000)]
    public void Precision_of_large_numbers_equals_the_sum_in_logarithms(int found, int heldOut, int k, int candidates)
    {
        var logFactorial = new double[candidates + 1];
        for (var i = 1; i <= candidates; i++) logFactorial[i] = logFactorial[i - 1] + Math.Log(i);
        int others = candidates - heldOut, selected = k - found;
        double expected = 0, none = 0;
        for (var b = 0; b <= Math.Min(heldOut, selected); b++)
        {
            if (selected - b > others - heldOut) continue;
            var probability = Math.Exp(LogChoose(heldOut, b) + LogChoose(others - heldOut, selected - b) - LogChoose(others, selected));
            if (found > 0) expected += probability * found / (found + b);
            else if (b == 0) none = probability;
        }

        Assert.Equal(expected, ExpansionMetrics.Precision(found, heldOut, k, candidates, out var defined), 1e-7);
        Assert.Equal(1 - none, defined, 1e-7);

        double LogChoose(int n, int chosen) => logFactorial[n] - logFactorial[chosen] - logFactorial[n - chosen];
    }

    [Fact]
    public void Precision_equals_the_mean_over_random_draws()
    {
        const int HeldOut = 8, Others = 92, Found = 3, Selected = 12, Draws = 20_000;
        var random = new SeededRandom(1);
        var others = Enumerable.Range(0, Others).ToArray();
        var sum = 0.0;
        for (var draw = 0; draw < Draws; draw++)
        {
            var b = 0;
            for (var i = 0; i < HeldOut; i++)
            {
                var j = i + random.NextInt32(Others - i);
                (others[i], others[j]) = (others[j], others[i]);
                if (others[i] < Selected) b++;
            }

            sum += Found / (double)(Found + b);
        }

        Assert.Equal(sum / Draws, ExpansionMetrics.Precision(Found, HeldOut, Found + Selected, HeldOut + Others, out _), 0.005);
    }

    private static BigInteger Choose(int n, int k)
    {
        if (k < 0 || k > n) return 0;
        BigInteger ways = 1;
        for (var i = 1; i <= k; i++) ways = ways * (n - k + i) / i;
        return ways;
    }

    private static double Ratio(BigInteger part, BigInteger all) => (double)(part * BigInteger.Pow(10, 30) / all) / 1e30;
}
