using System.Globalization;
using Kindred.Insight;
using Kindred.Reports;
using Kindred.Reports.Demo;

namespace Kindred.Reports.Inspect;

/// <summary>What is said of seed lists in words.</summary>
public static class InspectionWords
{
    /// <summary>How verdicts come about.</summary>
    public static string Rule { get; } = string.Create(CultureInfo.InvariantCulture,
        $"too few to judge below {VerdictRule.FewestSeeds} matched seeds (a model can be trained on fewer, but how good it is stays uncertain), too mixed below {VerdictRule.LeastNear:0%} near, else fine.");

    /// <summary>A verdict in a cell.</summary>
    public static string Verdict(SeedVerdict verdict) => verdict switch
    {
        SeedVerdict.Fine => "fine",
        SeedVerdict.TooMixed => "too mixed",
        SeedVerdict.CannotBeTold => "cannot be told",
        _ => "too few to judge",
    };

    /// <summary>A kind of feature in a cell.</summary>
    public static string Kind(FeatureKind kind) => kind switch
    {
        FeatureKind.Item => "item",
        FeatureKind.Topic => "topic",
        _ => "attribute",
    };

    /// <summary>A lift of two digits, as it is known.</summary>
    public static string Lift(FeatureContrast feature) => TwoDigits(feature.Lift) + "×";

    /// <summary>A number of two digits without others behind them.</summary>
    public static string TwoDigits(double value) => value.ToString("0.########", CultureInfo.InvariantCulture);

    /// <summary>The share near the list as it may be shown, or null if it could not be told.</summary>
    public static ShownShare? Near(SeedInspection list, int minimum) => list.Cohesion is { } cohesion ? ShownShare.Of(cohesion.Near, list.Matched, minimum) : null;

    /// <summary>The share far from the list as it may be shown, or null if it could not be told.</summary>
    public static ShownShare? Far(SeedInspection list, int minimum) => list.Cohesion is { } cohesion ? ShownShare.Of(cohesion.Far, list.Matched, minimum) : null;

    /// <summary>A share, "under x%" or nothing.</summary>
    public static string Shown(ShownShare? share) => share is not { } shown ? Figure.None
        : shown.Share is { } value ? Figure.ShortPercent(value) : "under " + Figure.ShortPercent(shown.Under ?? 1);

    /// <summary>The verdict on a list, and why.</summary>
    public static string Explain(SeedInspection list, int minimum)
    {
        var near = Near(list, minimum) is { } share
            ? $"{Shown(share)} of its seeds are closer to the rest of the list than 95% of random users; by chance it would be 5%."
            : "Too few of its seeds have an embedding, or too few other users, to tell how alike they are.";
        return list.Verdict switch
        {
            SeedVerdict.Fine => $"Fine. {near}",
            SeedVerdict.CannotBeTold => $"Cannot be told. {near}",
            SeedVerdict.TooMixed => $"Too mixed. {near} Users who are alike are hard to tell from anybody: expect a low recall. Split the list by what it was made for, or leave out those who came by chance.",
            _ => $"Too few to judge. It has {Figure.Count(list.Matched)} users in the population, and at least {VerdictRule.FewestSeeds} are wanted: below, what is learnt of them and what is measured is uncertain. {near}",
        };
    }

    /// <summary>How the list falls apart.</summary>
    public static string Groups(SeedInspection list) => list.Clusters.Count switch
    {
        0 => "Too few seeds to look for groups.",
        1 => "It does not fall into groups that another half of it would confirm.",
        _ => $"It falls into {list.Clusters.Count} groups, of {Figure.Enumerated([.. list.Clusters.Select(cluster => Figure.ShortPercent(cluster.Share))])} of its seeds"
            + (list.Clusters.Sum(cluster => cluster.Share) < 0.97 ? "; the rest are groups too small to be described." : "."),
    };
}
