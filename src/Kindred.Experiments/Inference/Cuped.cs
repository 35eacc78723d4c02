namespace Kindred.Experiments.Inference;

/// <summary>Removes from a metric what each unit's values from before the experiment predict (CUPED: Deng, Xu, Kohavi and Walker
/// 2013).</summary>
/// <remarks>
/// <para>One θ for all arms, the covariance within arms divided by the covariate's variance within arms, so that it does not depend on the
/// treatment's effect; the covariate is centred at its mean over all arms together, so that values keep their scale and relative lifts are
/// unbiased.</para>
/// <para>A ratio is linearised to (N − R·D)/D̄ per unit with the arm's own R and D̄; its covariate is the same of the pre-period, with R
/// and D̄ of all arms together, so that all four moments count. Without a denominator in the pre-period, the numerator is the
/// covariate.</para>
/// <para>The mean over all arms is an estimate too. It cancels in differences; in a relative lift of δ a part of the order of δ² of the
/// covariate's variance is neglected: 4% of the variance at a lift of 50%, and nothing visible at 5%.</para>
/// </remarks>
public static class Cuped
{
    // Below this share of the mean square a variance is the rounding error of a constant.
    private const double Rounding = 1e-12;

    /// <summary>Adjusts all arms of a metric.</summary>
    /// <param name="kind">A mean, a share or a ratio.</param>
    /// <param name="arms">The arms, with values of the pre-period (2 and 3).</param>
    /// <returns>Null if the values of the pre-period are the same for all units.</returns>
    public static CupedResult? Adjust(MetricKind kind, IReadOnlyList<MetricMoments> arms)
    {
        var plain = arms.Select(arm => ArmEstimates.Of(kind, arm)).ToArray();
        var before = Covariate.Of(kind, arms);
        double shared = 0, spread = 0, total = 0, size = 0;
        for (var i = 0; i < arms.Count; i++)
        {
            if (!IsKnown(plain[i])) continue;
            var freedom = arms[i].Units - 1;
            var (own, along, across) = Spreads(kind, arms[i], before);
            (total, shared, spread) = (total + freedom * own, shared + freedom * along, spread + freedom * across);
            size += arms[i].Units * before.MeanSquare(arms[i]);
        }

        if (!(spread > Rounding * size)) return null;
        var theta = shared / spread;
        var adjusted = new ArmEstimate[arms.Count];
        for (var i = 0; i < arms.Count; i++) adjusted[i] = IsKnown(plain[i]) ? Adjusted(kind, arms[i], plain[i], before, theta) : plain[i];
        return new CupedResult(adjusted, total > 0 ? Math.Clamp(theta * shared / total, 0, 1) : 0);
    }

    private static bool IsKnown(ArmEstimate arm) => double.IsFinite(arm.UnitVariance);

    private static ArmEstimate Adjusted(MetricKind kind, MetricMoments arm, ArmEstimate plain, Covariate before, double theta)
    {
        var (own, along, across) = Spreads(kind, arm, before);
        var variance = own - 2 * theta * along + theta * theta * across;
        // The variance of a share is divided by n, all others by n − 1.
        if (kind == MetricKind.Share) variance *= (arm.Units - 1.0) / arm.Units;
        return new ArmEstimate(plain.Value - theta * before.Mean(arm), Math.Max(0, variance), arm.Units);
    }

    /// <summary>The variance of a unit's contribution, its covariance with the covariate, and the covariate's variance.</summary>
    private static (double Own, double Along, double Across) Spreads(MetricKind kind, MetricMoments arm, Covariate before)
    {
        var ratio = kind == MetricKind.Ratio ? ArmEstimates.Value(kind, arm) : 0;
        var scale = kind == MetricKind.Ratio ? 1 / arm.Mean(1) : 1;
        var own = arm.Covariance(0, 0) - 2 * ratio * arm.Covariance(0, 1) + ratio * ratio * arm.Covariance(1, 1);
        var along = before.Covariance(arm, 0) - ratio * before.Covariance(arm, 1);
        return (Math.Max(0, own) * scale * scale, along * scale, before.Variance(arm));
    }

    /// <summary>The covariate of a unit, (P − ratio·Q − mean)·scale, from the values P and Q of the pre-period; its mean over all arms is
    /// 0.</summary>
    private readonly record struct Covariate(double Ratio, double Centre, double Scale)
    {
        public static Covariate Of(MetricKind kind, IReadOnlyList<MetricMoments> arms)
        {
            var all = arms.Aggregate(default(MetricMoments), (sum, arm) => sum.Merge(arm));
            return kind == MetricKind.Ratio && all.Units > 0 && all.Mean(3) != 0
                ? new Covariate(all.Mean(2) / all.Mean(3), 0, 1 / all.Mean(3))
                : new Covariate(0, all.Mean(2), 1);
        }

        public double Mean(MetricMoments arm) => (arm.Mean(2) - Ratio * arm.Mean(3) - Centre) * Scale;

        public double MeanSquare(MetricMoments arm) =>
            Scale * Scale * (arm.Mean(2) * arm.Mean(2) + Ratio * Ratio * arm.Mean(3) * arm.Mean(3));

        public double Covariance(MetricMoments arm, int other) => Scale * (arm.Covariance(other, 2) - Ratio * arm.Covariance(other, 3));

        public double Variance(MetricMoments arm) =>
            Scale * Scale * Math.Max(0, arm.Covariance(2, 2) - 2 * Ratio * arm.Covariance(2, 3) + Ratio * Ratio * arm.Covariance(3, 3));
    }
}
