namespace Kindred.Evaluation;

/// <summary>One size of a <see cref="ReachCurve"/>.</summary>
/// <param name="Share">The size as a share of the target population, in (0, 1).</param>
/// <param name="Users">The size in users.</param>
/// <param name="Recall">Share of the held-out seeds that an audience of this size contains.</param>
/// <param name="RecallLow">Lower end of its 95% band, at this size alone.</param>
/// <param name="RecallHigh">Upper end of its 95% band.</param>
/// <param name="Precision">Of held-out seeds and as many random users in the audience, the share of seeds; all folds as one.</param>
/// <param name="PrecisionLow">Precision where recall is at its lower end.</param>
/// <param name="PrecisionHigh">Precision where recall is at its upper end.</param>
/// <param name="Lift">Held-out seeds in the audience, as a multiple of those in a random audience of its size.</param>
/// <param name="MarginalLift">The same for the last users admitted: those beyond the size before.</param>
/// <param name="SmoothMarginalLift">The same, made to fall with the size (isotonic): for display, it makes ties.</param>
/// <param name="SeedProbability">From the smoothed lift: the share of the last users admitted who are seeds, held out or not.</param>
/// <param name="ThresholdPercentile">Percentile, among all ranked users, of the score of the last user admitted: 99 where the size is
/// 1%.</param>
public sealed record ReachPoint(
    double Share, long Users, double Recall, double RecallLow, double RecallHigh, double Precision, double PrecisionLow,
    double PrecisionHigh,
    double Lift, double MarginalLift, double SmoothMarginalLift, double SeedProbability, double ThresholdPercentile);
