using System.Globalization;
using Kindred.Evaluation;

namespace Kindred.Reports.Reach;

/// <summary>Recommended sizes in words.</summary>
public static class ReachWords
{
    /// <summary>The recommended size of a list, the users that it finds, and the reason.</summary>
    public static string Recommendation(ReachCurve curve, ReachRecommendation recommended)
    {
        if (recommended.Point is not { } point) return $"No size is recommended: {Reason(recommended)}.{Roughness(curve, recommended)}";
        return $"Recommended size: {Figure.ShortPercent(point.Share)}, which is {Figure.Count(point.Users)} users. {Found(point)} " +
            $"Reason: {Reason(recommended)}.{Roughness(curve, recommended)}";
    }

    /// <summary>The reason for a recommended size, as part of a sentence.</summary>
    public static string Reason(ReachRecommendation recommended) => recommended.Reason switch
    {
        ReachReason.NoBetterThanChance => "hardly any users are likelier than average to belong on this list",
        _ => $"its last users are still {Times(recommended.Point!.SmoothMarginalLift)} times as likely as average to belong on the list"
            + (recommended.IsLargest ? "; no larger size was measured"
                : $", and beyond it less than {Times(LimitOf(recommended.Reason))} times"),
    };

    /// <summary>The reason in a few words, for a table.</summary>
    public static string Note(ReachRecommendation recommended) => (recommended.Reason switch
    {
        ReachReason.NoBetterThanChance => "No better than chance.",
        _ when recommended.IsLargest => "The largest size measured.",
        ReachReason.Likelier => "Its users are hard to find.",
        _ => "Further users are less similar.",
    }) + (recommended.IsRough ? " Rough: few users." : "");

    /// <summary>The rule behind all recommended sizes.</summary>
    public static string Rule { get; } =
        $"The largest size whose last users are still {Times(ReachRecommendation.MuchLikelier)} times as likely as average to belong on " +
        $"the list, or {Times(ReachRecommendation.Likelier)} times where its users are hard to find.";

    /// <summary>A warning about a list of few users; empty for others.</summary>
    public static string Roughness(ReachCurve curve, ReachRecommendation recommended) =>
        recommended.IsRough ? $" This is rough: only {Figure.Count(curve.HeldOut)} users were hidden and searched." : "";

    /// <summary>The reason as a word for programs.</summary>
    public static string Key(ReachReason reason) => reason switch
    {
        ReachReason.MuchLikelier => "much_likelier",
        ReachReason.Likelier => "likelier",
        _ => "no_better_than_chance",
    };

    private static double LimitOf(ReachReason reason) =>
        reason == ReachReason.MuchLikelier ? ReachRecommendation.MuchLikelier : ReachRecommendation.Likelier;

    private static string Found(ReachPoint point) =>
        $"It finds {Hundredths(point.Recall)} of 100 users of the list that were hidden from it " +
            $"({Hundredths(point.RecallLow)} to {Hundredths(point.RecallHigh)}).";

    private static string Hundredths(double share) => Figure.Fixed(100 * share, 0);

    private static string Times(double lift) => lift.ToString("0.#", CultureInfo.InvariantCulture);
}
