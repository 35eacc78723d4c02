using Kindred.Experiments.Inference;

namespace Kindred.Experiments.Planning;

/// <summary>The value and unit variance of a metric that a plan starts from.</summary>
public static class PlanBaseline
{
    /// <summary>Creates a baseline from the units of a log.</summary>
    /// <exception cref="KindredException">The metric is a quantile, or there are fewer than two units.</exception>
    public static ArmEstimate Of(MetricKind kind, MetricMoments moments)
    {
        if (kind == MetricKind.Quantile) throw NoQuantiles();
        if (moments.Units < 2)
        {
            throw new KindredException(ErrorKind.BadInput, "plan_units_too_few",
                "Fewer than two units of the log did anything, which is too little to plan from.",
                "Give a longer log, or numbers instead of a log.");
        }

        if (kind == MetricKind.Ratio && moments.Mean(1) == 0)
        {
            throw new KindredException(ErrorKind.BadInput, "plan_denominator_zero",
                "The denominator of the ratio is 0 for all units of the log, which is too little to plan from.",
                "Check its name, or give a longer log.");
        }

        return ArmEstimates.Of(kind, moments);
    }

    internal static KindredException NoQuantiles() => new(ErrorKind.Usage, "quantile_not_plannable",
        "A quantile cannot be planned for: a log's sums do not tell its spread.", "Plan for the mean of the same quantity.");

    /// <summary>The share of the variance that the pre-period removes (CUPED); 0 if it explains nothing.</summary>
    public static double VarianceReduction(MetricKind kind, MetricMoments moments) => Cuped.Adjust(kind, [moments])?.VarianceReduction ?? 0;

    /// <summary>Creates a baseline from a mean and the standard deviation of units.</summary>
    public static ArmEstimate OfMean(double mean, double standardDeviation) => new(mean, standardDeviation * standardDeviation, 0);

    /// <summary>Creates a baseline from a share of the units.</summary>
    public static ArmEstimate OfShare(double share) => new(share, share * (1 - share), 0);
}
