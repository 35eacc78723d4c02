using Kindred.Numerics;
using Kindred.Statistics;

namespace Kindred.Experiments.Inference;

/// <summary>Tests whether arms have the planned numbers of units: if not, units were lost or assigned wrongly, and no metric can be
/// trusted.</summary>
/// <remarks>
/// <para>Pearson's χ² test stops up to seventeen times too many sound experiments where few units are planned in an arm. The p-value of two
/// arms is therefore that of the exact binomial test. Three and more arms with less than <see cref="EnoughForChiSquare"/> planned units in
/// one have the exact multinomial test. If that would take too long, each of these arms is compared with all others by the exact binomial
/// test, and the remaining arms with each other by the χ² test; the smallest of these p-values is multiplied by their number.</para>
/// <para>The sequential form is that of Lindon and Malek (2022): the Bayes factor of shares drawn from a Dirichlet distribution around the
/// plan against the planned shares. While the plan holds, it ever exceeds 1/α with a probability of at most α.</para>
/// </remarks>
public static class SampleRatioTest
{
    /// <summary>The weight of the Dirichlet prior in units: for two even arms its shares have a standard deviation of half a percentage
    /// point.</summary>
    public const double PriorWeight = 10_000;

    /// <summary>The planned units of the smallest of three or more arms from which the χ² test replaces the exact one.</summary>
    public const double EnoughForChiSquare = 200;

    // The exact tests take less than a tenth of a second each.
    private const double MostLines = 50_000;
    private const double MostExactUnits = 1e9;

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

        var sequential = double.IsInfinity(chiSquare) ? 0
            : SequentialPValue(units, [.. weights.Select(weight => weight / sum)], PriorWeight);
        var (p, isExact) = double.IsInfinity(chiSquare) ? (0, true) : PValue(units, expected, chiSquare);
        return new SampleRatioResult(chiSquare, p, sequential, expected, isExact);
    }

    /// <summary>The p-value for any number of looks, with a weight of the prior: a small one finds large differences sooner.</summary>
    internal static double SequentialPValue(IReadOnlyList<long> units, double[] shares, double priorWeight) =>
        Math.Min(1, PortableMath.Exp(-LogBayesFactor(units, shares, priorWeight)));

    private static (double P, bool IsExact) PValue(IReadOnlyList<long> units, double[] expected, double chiSquare)
    {
        var total = units.Sum();
        if (total == 0) return (1, true);
        int[] arms = [.. Enumerable.Range(0, units.Count).Where(arm => expected[arm] > 0)];
        if (arms.Length == 2 ? total > MostExactUnits : arms.All(arm => expected[arm] >= EnoughForChiSquare))
        {
            return (ChiSquareDistribution.UpperTail(chiSquare, arms.Length - 1), false);
        }

        if (arms.Length == 2) return (ExactTest.Binomial(units[arms[0]], total, expected[arms[0]] / total), true);
        return ExactTest.Lines(total, arms.Length) <= MostLines
            ? (ExactTest.Multinomial([.. arms.Select(arm => units[arm])], [.. arms.Select(arm => expected[arm] / total)]), true)
            : (PValueOfParts(units, expected, arms), true);
    }

    // A union bound: it holds however the parts depend on each other.
    private static double PValueOfParts(IReadOnlyList<long> units, double[] expected, int[] arms)
    {
        var total = units.Sum();
        List<double> parts = [.. arms.Where(arm => expected[arm] < EnoughForChiSquare)
            .Select(arm => ExactTest.Binomial(units[arm], total, expected[arm] / total))];
        int[] large = [.. arms.Where(arm => expected[arm] >= EnoughForChiSquare)];
        if (large.Length > 1) parts.Add(Of([.. large.Select(arm => units[arm])], [.. large.Select(arm => expected[arm])]).PValue);
        return Math.Min(1, parts.Min() * parts.Count);
    }

    /// <summary>ln of Γ(K)/Γ(K + N) · Π Γ(K wᵢ + nᵢ)/(Γ(K wᵢ) wᵢ^nᵢ).</summary>
    /// <remarks>In Stirling's form all large terms cancel, so that a hundred million units lose no digits.</remarks>
    private static double LogBayesFactor(IReadOnlyList<long> units, double[] shares, double priorWeight)
    {
        double total = units.Sum(), all = priorWeight + total, arms = 0, sum = 0;
        for (var i = 0; i < units.Count; i++)
        {
            if (shares[i] == 0) continue;
            double prior = priorWeight * shares[i], posterior = prior + units[i];
            sum += (posterior - 0.5) * PortableMath.LogOnePlus((units[i] - total * shares[i]) / (all * shares[i]));
            sum += PortableMath.StirlingRest(posterior) - PortableMath.StirlingRest(prior);
            arms++;
        }

        return sum - (arms - 1) / 2 * PortableMath.Log(all / priorWeight) +
            PortableMath.StirlingRest(priorWeight) - PortableMath.StirlingRest(all);
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
