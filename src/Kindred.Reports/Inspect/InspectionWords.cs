using System.Globalization;
using Kindred.Insight;

namespace Kindred.Reports.Inspect;

/// <summary>Describes inspected seed lists in words.</summary>
public static class InspectionWords
{
    /// <summary>The rule behind the verdicts.</summary>
    public static string Rule { get; } = string.Create(CultureInfo.InvariantCulture,
        $"too few to judge below {VerdictRule.FewestSeeds} matched seeds (a model can be trained on fewer, but its quality is uncertain), too mixed below {VerdictRule.LeastNear:0%} near, else fine.");

    /// <summary>A verdict as a table cell.</summary>
    public static string Verdict(SeedVerdict verdict) => verdict switch
    {
        SeedVerdict.Fine => "fine",
        SeedVerdict.TooMixed => "too mixed",
        SeedVerdict.CannotBeTold => "undetermined",
        _ => "too few to judge",
    };

    /// <summary>A kind of feature in a cell.</summary>
    public static string Kind(FeatureKind kind) => kind switch
    {
        FeatureKind.Item => "item",
        FeatureKind.Topic => "topic",
        _ => "attribute",
    };

    /// <summary>A lift with two digits, its precision.</summary>
    public static string Lift(FeatureContrast feature) => TwoDigits(feature.Lift) + "×";

    /// <summary>A number rounded to two digits.</summary>
    public static string TwoDigits(double value) => value.ToString("0.########", CultureInfo.InvariantCulture);

    /// <summary>The share of near seeds as it may be shown; null if undetermined.</summary>
    public static ShownShare? Near(SeedInspection list, int minimum) =>
        list.Cohesion is { } cohesion ? ShownShare.Of(cohesion.Near, list.Matched, minimum) : null;

    /// <summary>The share of far seeds as it may be shown; null if undetermined.</summary>
    public static ShownShare? Far(SeedInspection list, int minimum) =>
        list.Cohesion is { } cohesion ? ShownShare.Of(cohesion.Far, list.Matched, minimum) : null;

    /// <summary>A share, "under x%" or a placeholder.</summary>
    public static string Shown(ShownShare? share) => share is not { } shown ? Figure.None
        : shown.Share is { } value ? Figure.ShortPercent(value) : "under " + Figure.ShortPercent(shown.Under ?? 1);

    /// <summary>The verdict on a list with its reason.</summary>
    public static string Explain(SeedInspection list, int minimum)
    {
        var near = Near(list, minimum) is { } share
            ? $"{Shown(share)} of its seeds are closer to the rest of the list than 95% of random users; chance would give 5%."
            : "Too few of its seeds, or of the other users, have an embedding to measure their similarity.";
        return list.Verdict switch
        {
            SeedVerdict.Fine => $"Fine. {near}",
            SeedVerdict.CannotBeTold => $"Undetermined. {near}",
            SeedVerdict.TooMixed => $"Too mixed. {near} Its seeds have little in common, so expect a low recall. Split the list by " +
                "purpose, or remove users that do not belong on it.",
            _ => $"Too few to judge. It has {Figure.Count(list.Matched)} users in the population; with fewer than " +
                $"{VerdictRule.FewestSeeds}, both the model and its measurement are uncertain. {near}",
        };
    }

    /// <summary>Describes the groups of a list.</summary>
    public static string Groups(SeedInspection list) => list.Clusters.Count switch
    {
        0 => "Too few seeds to look for groups.",
        1 => "It has no reproducible groups.",
        _ => $"It has {list.Clusters.Count} groups, with " +
            $"{Figure.Enumerated([.. list.Clusters.Select(cluster => Figure.ShortPercent(cluster.Share))])} of its seeds"
            + (list.Clusters.Sum(cluster => cluster.Share) < 0.97 ? "; the remaining groups are too small to describe." : "."),
    };
}
