namespace Kindred.Evaluation;

/// <summary>The recommended size of a seed list's audience: the largest whose last users still pay.</summary>
/// <remarks>It needs no statement of cost: it stops where the smoothed lift at the margin (<see cref="ReachPoint.SmoothMarginalLift"/>)
/// falls below <see cref="MuchLikelier"/>; for a list that never reaches that, below <see cref="Likelier"/>.</remarks>
/// <param name="Point">The size; null if no size is recommended.</param>
/// <param name="Reason">The reason.</param>
/// <param name="IsLargest">True if no larger size was measured, so that a larger one may be as good.</param>
/// <param name="IsRough">True if so few users were held out that the size is uncertain.</param>
public sealed record ReachRecommendation(ReachPoint? Point, ReachReason Reason, bool IsLargest, bool IsRough)
{
    /// <summary>Last users that are this many times likelier than random users to be seeds are clearly worth adding.</summary>
    public const double MuchLikelier = 3;

    /// <summary>The same, for lists whose users are hard to find.</summary>
    public const double Likelier = 1.5;

    /// <summary>Audiences with fewer users are too small to recommend.</summary>
    public const int FewestUsers = 25;

    /// <summary>With fewer held-out users, the size is uncertain.</summary>
    public const int EnoughHeldOut = 100;

    /// <summary>The recommendation from a curve.</summary>
    public static ReachRecommendation Of(ReachCurve curve)
    {
        var rough = curve.HeldOut < EnoughHeldOut;
        if (Largest(curve, MuchLikelier) is { } much)
        {
            return new ReachRecommendation(much, ReachReason.MuchLikelier, much == curve.Points[^1], rough);
        }

        return Largest(curve, Likelier) is { } some
            ? new ReachRecommendation(some, ReachReason.Likelier, some == curve.Points[^1], rough)
            : new ReachRecommendation(null, ReachReason.NoBetterThanChance, IsLargest: false, rough);
    }

    private static ReachPoint? Largest(ReachCurve curve, double lift) =>
        curve.Points.LastOrDefault(point => point.Users >= FewestUsers && point.SmoothMarginalLift >= lift);
}
