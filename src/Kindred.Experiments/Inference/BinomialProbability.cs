using Kindred.Numerics;

namespace Kindred.Experiments.Inference;

/// <summary>Probabilities of the binomial distribution with nearly all of their digits, for any number of trials.</summary>
internal static class BinomialProbability
{
    /// <summary>The probability of <paramref name="successes"/> in <paramref name="trials"/>.</summary>
    /// <remarks>In Loader's form (2000): large terms cancel before they are computed, not after.</remarks>
    public static double Of(long successes, long trials, double share)
    {
        var failures = trials - successes;
        if (share <= 0 || share >= 1) return successes == (share <= 0 ? 0 : trials) ? 1 : 0;
        if (successes == 0) return PortableMath.Exp(trials * PortableMath.LogOnePlus(-share));
        if (failures == 0) return PortableMath.Exp(trials * PortableMath.Log(share));
        double x = successes, y = failures, n = trials;
        var log = PortableMath.StirlingRest(n) - PortableMath.StirlingRest(x) - PortableMath.StirlingRest(y)
            - Deviance(x, n * share) - Deviance(y, n * (1 - share));
        return PortableMath.Exp(log) * Math.Sqrt(n / (2 * Math.PI * x * y));
    }

    // x ln(x/mean) + mean − x, as a series where x is near the mean and most digits would cancel.
    private static double Deviance(double x, double mean)
    {
        var gap = x - mean;
        if (Math.Abs(gap) >= 0.1 * (x + mean)) return x * PortableMath.Log(x / mean) - gap;
        double v = gap / (x + mean), sum = gap * v, term = 2 * x * v;
        for (var i = 3; ; i += 2)
        {
            term *= v * v;
            var next = sum + term / i;
            if (next == sum) return sum;
            sum = next;
        }
    }
}
