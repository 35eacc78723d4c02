using Kindred.Numerics;
using Kindred.Statistics;

namespace Kindred.Experiments.Inference;

/// <summary>Tests whether arms have the planned numbers of units: if not, units were lost or assigned wrongly, and no metric can be
/// trusted.</summary>
/// <remarks>
/// The sequential form is that of Lindon and Malek (2022): the Bayes factor of shares drawn from a Dirichlet distribution around the plan
/// against the planned shares. While the plan holds, it ever exceeds 1/α with a probability of at most α.
/// </remarks>
public static class SampleRatioTest
{
    /// <summary>The weight of the Dirichlet prior in units: for two even arms its shares have a standard deviation of half a percentage
    /// point.</summary>
    public const double PriorWeight = 10_000;

    /// <summary>Compares units with the plan.</summary>
    /// <param name="units">[arms] observed units.</param>
    /// <param name="weights">[arms] planned weights, in any unit; at least two above 0.</param>
    public static SampleRatioResult Of(IReadOnlyList<long> units, IReadOnlyList<double> weights)
    {
        ThrowUnlessPlan(units, weights);
        double total = units.Sum(), sum = weights.Sum(), chiSquare = 0;
        var expected = weights.Select(weight => weight / sum * total).ToArray();
        for (var i = 0; i < units.Count; i++)
        {
            var gap = units[i] - expected[i];
            if (gap != 0) chiSquare += gap * gap / expected[i];
        }

        var freedom = weights.Count(weight => weight > 0) - 1;
        var sequential = double.IsInfinity(chiSquare) ? 0
            : Math.Min(1, PortableMath.Exp(-LogBayesFactor(units, [.. weights.Select(weight => weight / sum)])));
        return new SampleRatioResult(chiSquare, ChiSquareDistribution.UpperTail(chiSquare, freedom), sequential, expected);
    }

    /// <summary>ln of Γ(K)/Γ(K + N) · Π Γ(K wᵢ + nᵢ)/(Γ(K wᵢ) wᵢ^nᵢ).</summary>
    /// <remarks>In Stirling's form all large terms cancel, so that a hundred million units lose no digits.</remarks>
    private static double LogBayesFactor(IReadOnlyList<long> units, double[] shares)
    {
        double total = units.Sum(), all = PriorWeight + total, arms = 0, sum = 0;
        for (var i = 0; i < units.Count; i++)
        {
            if (shares[i] == 0) continue;
            double prior = PriorWeight * shares[i], posterior = prior + units[i];
            sum += (posterior - 0.5) * PortableMath.LogOnePlus((units[i] - total * shares[i]) / (all * shares[i]));
            sum += PortableMath.StirlingRest(posterior) - PortableMath.StirlingRest(prior);
            arms++;
        }

        return sum - (arms - 1) / 2 * PortableMath.Log(all / PriorWeight) +
            PortableMath.StirlingRest(PriorWeight) - PortableMath.StirlingRest(all);
    }

    private static void ThrowUnlessPlan(IReadOnlyList<long> units, IReadOnlyList<double> weights)
    {
        if (units.Count != weights.Count)
        {
            throw new ArgumentException($"There are {units.Count} arms with units and {weights.Count} with weights.");
        }
        if (units.Any(count => count < 0)) throw new ArgumentException("An arm has fewer than 0 units.", nameof(units));
        if (weights.Any(weight => !(weight >= 0 && double.IsFinite(weight))))
        {
            throw new ArgumentException("A weight is not a number from 0 on.", nameof(weights));
        }
        if (weights.Count(weight => weight > 0) < 2)
        {
            throw new ArgumentException("A plan has at least two arms with a weight above 0.", nameof(weights));
        }
    }
}
