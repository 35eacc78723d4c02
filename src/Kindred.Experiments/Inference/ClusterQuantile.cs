using Kindred.Statistics;

namespace Kindred.Experiments.Inference;

/// <summary>The quantile of rows that come in clusters, such as the page views of users (Deng, Knoblich and Lu 2018, section 4).</summary>
/// <remarks>
/// The share of rows at or below the quantile is a ratio with the unit as its cluster, whose standard error σ is that of the delta method;
/// the interval goes from the quantile at q − zσ to that at q + zσ, without an estimate of the density.
/// </remarks>
public static class ClusterQuantile
{
    /// <summary>Computes the quantile, its interval and its standard error.</summary>
    /// <param name="sketch">The values of the arm's rows.</param>
    /// <param name="atOrBelow">Over units: rows with at most the quantile, and all rows with a value.</param>
    /// <param name="quantile">The quantile, above 0 and below 1.</param>
    /// <param name="confidence">The probability that the interval contains the true value, above 0 and below 1.</param>
    public static QuantileEstimate Of(QuantileSketch sketch, MetricMoments atOrBelow, double quantile, double confidence)
    {
        if (!(quantile > 0 && quantile < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(quantile), quantile, "A quantile is above 0 and below 1.");
        }
        if (!(confidence > 0 && confidence < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence is above 0 and below 1.");
        }
        var z = -NormalDistribution.Quantile((1 - confidence) / 2);
        var reach = z * ArmEstimates.Of(MetricKind.Ratio, atOrBelow).StandardError;
        var low = quantile - reach > 0 && sketch.Count > 0 ? sketch.Quantile(quantile - reach) : double.NegativeInfinity;
        var high = quantile + reach < 1 && sketch.Count > 0 ? sketch.Quantile(quantile + reach) : double.PositiveInfinity;
        var error = (high - low) / (2 * z);
        var variance = double.IsInfinity(error) ? error : error * error * atOrBelow.Units;
        return new QuantileEstimate(new ArmEstimate(sketch.Quantile(quantile), variance, atOrBelow.Units), low, high);
    }
}
