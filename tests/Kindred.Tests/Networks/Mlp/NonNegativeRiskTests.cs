using Kindred.Networks.Mlp;
using Kindred.Numerics;
using Kindred.Tests.Numerics;

namespace Kindred.Tests.Networks.Mlp;

public sealed class NonNegativeRiskTests
{
    private static readonly float[] _labels = [.. Enumerable.Range(0, 60).Select(i => i % 4 == 0 ? 1f : 0f)];
    private static readonly float[] _weights = [.. Enumerable.Range(0, 60).Select(i => i % 7 == 3 ? 0f : i % 4 == 0 ? 1f + i % 3 : 1f)];
    // Seeds score higher than others, so that at the highest prior too much of the others' loss is subtracted.
    private static readonly float[] _scores = [.. TestNumbers.Array(60, 5).Select((value, i) => value * 2 + (i % 4 == 0 ? 1 : -1))];

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.2)]
    [InlineData(1.0)]
    public void The_risk_equals_the_formula_of_the_paper(double prior)
    {
        var (positive, negative) = Parts(prior, Scores());
        Assert.Equal(positive + Math.Max(0, negative), Risk(prior, _scores), 1e-12);
        Assert.Equal(prior == 1, negative < 0);
    }

    [Theory]
    [InlineData(0.0, false)]
    [InlineData(0.2, false)]
    [InlineData(1.0, true)]
    public void The_slope_is_the_finite_difference_of_the_risk_or_ascends_its_negative_part(double prior, bool isNegative)
    {
        var risk = new NonNegativeRisk(_labels, _weights, prior);
        var rows = _weights.Count(weight => weight != 0);
        for (var i = 0; i < 60; i++)
        {
            const double Step = 1e-6;
            double[] above = Scores(), below = Scores();
            above[i] += Step;
            below[i] -= Step;
            var difference = (Descended(above) - Descended(below)) / (2 * Step);
            Assert.Equal(difference, risk.Slope(PortableMath.Sigmoid(_scores[i]), _labels[i], _weights[i], isNegative) / rows, 1e-8);
        }

        double Descended(double[] scores)
        {
            var (positive, negative) = Parts(prior, scores);
            Assert.Equal(isNegative, negative < 0);
            return isNegative ? -negative : positive + negative;
        }
    }

    [Fact]
    public void With_a_prior_of_zero_seeds_do_not_count_and_all_others_are_negatives()
    {
        var others = _scores.Where((_, i) => _labels[i] == 0 && _weights[i] != 0).Average(score => Math.Log(1 + Math.Exp(score)));
        Assert.Equal(others, Risk(0, _scores), 1e-12);
        Assert.Equal(others, Risk(0, [.. _scores.Select((score, i) => _labels[i] > 0 ? score + 3 : score)]), 1e-12);
        Assert.Equal(0, new NonNegativeRisk(_labels, _weights, 0).Slope(0.7, 1, 2, false));
    }

    [Fact]
    public void With_the_seed_share_as_prior_it_is_the_weighted_loss_minus_the_hidden_positives_correction()
    {
        // Seeds score low, so that there is nothing to clip.
        float[] scores = [.. _scores.Select((score, i) => _labels[i] > 0 ? score - 3 : score)];
        double seeds = 0, others = 0, crossEntropy = 0;
        for (var i = 0; i < 60; i++)
        {
            if (_labels[i] > 0) seeds += _weights[i];
            else others += _weights[i];
            crossEntropy += _weights[i] * Math.Log(1 + Math.Exp(_labels[i] > 0 ? -scores[i] : scores[i]));
        }

        var prior = seeds / others;
        Assert.True(Parts(prior, [.. scores.Select(score => (double)score)]).Negative > 0);
        var hidden = prior / seeds * Enumerable.Range(0, 60).Where(i => _labels[i] > 0).Sum(i => _weights[i] * Math.Log(1 + Math.Exp(scores[i])));
        Assert.Equal(crossEntropy / others - hidden, Risk(prior, scores), 1e-12);
    }

    private static double[] Scores() => [.. _scores.Select(score => (double)score)];

    private static double Risk(double prior, float[] scores) => new NonNegativeRisk(_labels, _weights, prior).Of(scores, _labels, _weights);

    /// <summary>π R⁺ₚ and R⁻ᵤ − π R⁻ₚ, written out.</summary>
    private static (double Positive, double Negative) Parts(double prior, double[] scores)
    {
        double Mean(float label, double sign)
        {
            double sum = 0, total = 0;
            for (var i = 0; i < scores.Length; i++)
            {
                if (_labels[i] != label) continue;
                sum += _weights[i] * Math.Log(1 + Math.Exp(sign * scores[i]));
                total += _weights[i];
            }

            return sum / total;
        }

        return (prior * Mean(1, -1), Mean(0, 1) - prior * Mean(1, 1));
    }
}
