namespace Kindred.Experiments.Inference;

/// <summary>The value of a metric in one arm, from the moments of its units.</summary>
/// <remarks>
/// Every variance is over units of the experiment, such as users; that of a ratio is by the delta method (Deng, Knoblich and Lu 2018):
/// (s²_N − 2R s_ND + R² s²_D)/D̄². If the spread is unknown, below two units or for a ratio without a denominator, the variance is +∞.
/// </remarks>
public static class ArmEstimates
{
    /// <summary>Computes value and variance of a mean, a share or a ratio.</summary>
    /// <param name="kind">The kind of the metric; a quantile has <see cref="ClusterQuantile"/>.</param>
    /// <param name="arm">The moments of the arm's units.</param>
    public static ArmEstimate Of(MetricKind kind, MetricMoments arm)
    {
        if (kind == MetricKind.Quantile)
        {
            throw new ArgumentException("A quantile does not follow from moments alone: see ClusterQuantile.", nameof(kind));
        }
        var known = arm.Units >= 2 && HasValue(kind, arm);
        return new ArmEstimate(Value(kind, arm), known ? UnitVariance(kind, arm) : double.PositiveInfinity, arm.Units);
    }

    /// <summary>Tells whether the denominator is not 0.</summary>
    internal static bool HasValue(MetricKind kind, MetricMoments arm) => arm.Units > 0 && (kind != MetricKind.Ratio || arm.Mean(1) != 0);

    /// <summary>The value; 0 if the denominator is 0.</summary>
    internal static double Value(MetricKind kind, MetricMoments arm) => !HasValue(kind, arm) ? 0 : kind switch
    {
        MetricKind.Ratio => arm.Mean(0) / arm.Mean(1),
        MetricKind.Share => Math.Clamp(arm.Mean(0), 0, 1),
        _ => arm.Mean(0),
    };

    private static double UnitVariance(MetricKind kind, MetricMoments arm)
    {
        var value = Value(kind, arm);
        return kind switch
        {
            MetricKind.Share => value * (1 - value),
            MetricKind.Ratio => RatioVariance(value, arm),
            _ => arm.Covariance(0, 0),
        };
    }

    private static double RatioVariance(double ratio, MetricMoments arm)
    {
        var spread = arm.Covariance(0, 0) - 2 * ratio * arm.Covariance(0, 1) + ratio * ratio * arm.Covariance(1, 1);
        // If numerator and denominator are proportional, only rounding is left.
        return Math.Max(0, spread) / (arm.Mean(1) * arm.Mean(1));
    }
}
