using Kindred.Numerics;
using Kindred.Statistics;

namespace Kindred.Experiments.Planning;

/// <summary>Student's noncentral t distribution: the distribution of a t statistic if there is an effect.</summary>
internal static class NoncentralStudent
{
    // The statistic is (z + δ) / s with s² a χ² over its degrees of freedom. Beyond this many s is 1 to three digits, and its effect on
    // power below 10⁻⁶.
    private const double NormalFrom = 200_000;
    private const double Deviations = 12;

    /// <summary>The probability of a value above t.</summary>
    /// <param name="t">Any number.</param>
    /// <param name="freedom">Degrees of freedom ν, above 0.</param>
    /// <param name="shift">The noncentrality δ.</param>
    public static double UpperTail(double t, double freedom, double shift)
    {
        if (double.IsInfinity(shift)) return shift > 0 ? 1 : 0;
        if (freedom > NormalFrom) return NormalDistribution.UpperTail(t - shift);
        // ∫ (1 − Φ(t s − δ)) f(s) ds over s, whose logarithm of the density is (ν − 1) ln s − ν s² / 2 but for a constant, by Simpson's
        // rule. With few degrees of freedom the density does not vanish towards s = 0, and takes closer steps.
        var steps = freedom < 30 ? 800 : 160;
        double deviation = 1 / Math.Sqrt(2 * freedom), low = Math.Max(0, 1 - Deviations * deviation),
            step = (1 + Deviations * deviation - low) / steps;
        double sum = 0, mass = 0;
        for (var i = 0; i <= steps; i++)
        {
            var s = low + i * step;
            if (s == 0 && freedom > 1) continue;
            var density = PortableMath.Exp((s == 0 ? 0 : (freedom - 1) * PortableMath.Log(s)) - freedom * (s * s - 1) / 2);
            var weight = (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2) * density;
            mass += weight;
            sum += weight * NormalDistribution.UpperTail(t * s - shift);
        }

        return sum / mass;
    }
}
