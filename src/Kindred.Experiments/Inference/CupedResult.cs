namespace Kindred.Experiments.Inference;

/// <summary>The arms of a metric, adjusted by the pre-period.</summary>
/// <param name="Arms">[arms] values and variances after the adjustment.</param>
/// <param name="VarianceReduction">The share of the variance within arms that the adjustment removes, from 0 to 1.</param>
public sealed record CupedResult(IReadOnlyList<ArmEstimate> Arms, double VarianceReduction);
