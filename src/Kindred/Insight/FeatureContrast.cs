using Kindred.Populations;
using Kindred.Similarity.InformationValue;

namespace Kindred.Insight;

/// <summary>A feature that sets some users apart from others, because more of them have it.</summary>
/// <remarks>
/// Shares and figures are rounded so that no count can be read from them, and features of few users are never among them. With s of
/// n users and o of m others, p = (s + ½)/(n + 1) and q = (o + ½)/(m + 1) go into <see cref="ItemInformation"/>.
/// </remarks>
/// <param name="Kind">The kind of the feature.</param>
/// <param name="Name">Its name.</param>
/// <param name="Share">Share of the users who have it, in whole percents.</param>
/// <param name="OtherShare">Share of the others who have it: in two digits for candidates, in whole percents for other seeds, and null
/// below the minimum count.</param>
/// <param name="Lift">The ratio of the shares, in two digits.</param>
/// <param name="InformationValue">The information value, in two digits.</param>
/// <param name="OtherShareUnder">An upper bound of the others' share if that is null; lift and information value are then those of the
/// bound.</param>
public sealed record FeatureContrast(
    FeatureKind Kind, string Name, double Share, double? OtherShare, double Lift, double InformationValue, double? OtherShareUnder = null)
{
    // Features with a lower information value are due to chance, or are true of nearly all users.
    private const double LeastValue = 0.01;

    /// <summary>The features that some users have more often than the others, by information value.</summary>
    /// <param name="table">The features.</param>
    /// <param name="counts">[features] number of the users who have each.</param>
    /// <param name="users">The number of users.</param>
    /// <param name="otherCounts">[features] number of the others who have each.</param>
    /// <param name="others">The number of others.</param>
    /// <param name="options">The minimum count that may be shown, and the number of features.</param>
    internal static IReadOnlyList<FeatureContrast> Of(
        FeatureTable table, int[] counts, int users, int[] otherCounts, int others, InsightOptions options)
    {
        var found = new List<ItemInformation>();
        for (var feature = 0; feature < table.Count; feature++)
        {
            if (counts[feature] < options.MinimumCount || !IsMore(counts[feature], users, otherCounts[feature], others)) continue;
            var information = new ItemInformation(
                feature, counts[feature], Smoothed(counts[feature], users), Smoothed(otherCounts[feature], others));
            if (information.Value >= LeastValue) found.Add(information);
        }

        return [.. found.OrderByDescending(feature => feature.Value).ThenBy(feature => table.Name(feature.Item), StringComparer.Ordinal)
            .Take(options.MostFeatures)
            .Select(feature => new FeatureContrast(table.Kind, table.Name(feature.Item),
                Math.Round(feature.SeedShare, 2), TwoDigits(feature.CandidateShare), TwoDigits(feature.Lift), TwoDigits(feature.Value)))];
    }

    /// <summary>The same for a group of seeds against the list's other seeds, derived only from figures that may be shown.</summary>
    internal static IReadOnlyList<FeatureContrast> OfGroup(
        FeatureTable table, int[] counts, int users, int[] otherCounts, int others, InsightOptions options)
    {
        var found = new List<FeatureContrast>();
        for (var feature = 0; feature < table.Count; feature++)
        {
            if (counts[feature] < options.MinimumCount) continue;
            var share = Math.Round((double)counts[feature] / users, 2);
            var other = ShownShare.Of(otherCounts[feature], others, options.MinimumCount);
            var information = new ItemInformation(feature, counts[feature], Inside(share), Inside(other.Share ?? other.Under!.Value));
            if (information.Lift <= 1 || information.Value < LeastValue) continue;
            found.Add(new FeatureContrast(table.Kind, table.Name(feature), share, other.Share, TwoDigits(information.Lift),
                TwoDigits(information.Value), other.Under));
        }

        return [.. found.OrderByDescending(feature => feature.InformationValue).ThenBy(feature => feature.Name, StringComparer.Ordinal)
            .Take(options.MostFeatures)];
    }

    /// <summary>The number of users with each feature.</summary>
    internal static int[] Count(FeatureTable table, IEnumerable<UserRow> users)
    {
        var counts = new int[table.Count];
        var features = new HashSet<int>();
        foreach (var user in users)
        {
            features.Clear();
            table.Collect(user, features);
            foreach (var feature in features) counts[feature]++;
        }

        return counts;
    }

    // The raw counts are compared too, because smoothing alone makes a share of 1 look larger among more users.
    private static bool IsMore(long some, long users, long othersWith, long others) =>
        Smoothed(some, users) > Smoothed(othersWith, others) && some * others > othersWith * users;

    private static double Smoothed(long some, long all) => (some + 0.5) / (all + 1.0);

    // Half a percent from the ends, where log odds are infinite.
    private static double Inside(double share) => Math.Clamp(share, 0.005, 0.995);

    private static double TwoDigits(double value)
    {
        if (value <= 0) return 0;
        var decimals = 1;
        for (var size = value; size < 1 && decimals < 12; size *= 10) decimals++;
        return value >= 10 ? Math.Round(value) : Math.Round(value, decimals);
    }
}
