namespace Kindred.Evaluation;

/// <summary>One size of a <see cref="ReachCurve"/>.</summary>
/// <param name="Share">The size as a share of the target population, in (0, 1).</param>
/// <param name="Users">The size in users.</param>
/// <param name="Recall">Share of the held-out seeds that an audience of this size contains.</param>
/// <param name="RecallLow">Lower end of its 95% band, at this size alone.</param>
/// <param name="RecallHigh">Upper end of its 95% band.</param>
/// <param name="Precision">The share of seeds among the audience's held-out seeds and as many random users; all folds together.</param>
/// <param name="PrecisionLow">Precision at the lower end of recall.</param>
/// <param name="PrecisionHigh">Precision at the upper end of recall.</param>
/// <param name="Lift">Held-out seeds in the audience, as a multiple of those in a random audience of its size.</param>
/// <param name="MarginalLift">The same for the last users admitted: those beyond the previous size.</param>
/// <param name="SmoothMarginalLift">The same, forced to decrease with the size (isotonic regression). For display, because it has
/// ties.</param>
/// <param name="SeedProbability">The share of seeds, held out or not, among the last users admitted, from the smoothed lift.</param>
/// <param name="ThresholdPercentile">Percentile, among all ranked users, of the score of the last user admitted: 99 for a size of
/// 1%.</param>
public sealed record ReachPoint(
    double Share, long Users, double Recall, double RecallLow, double RecallHigh, double Precision, double PrecisionLow,
    double PrecisionHigh,
    double Lift, double MarginalLift, double SmoothMarginalLift, double SeedProbability, double ThresholdPercentile);
