using Kindred.Pipeline.Comparing;
using Kindred.Pipeline.Store;

namespace Kindred.App.DailyRuns;

/// <summary>A version and what has changed since the one before it.</summary>
/// <param name="Version">The version, with only the described lists.</param>
/// <param name="Owner">The owner for whom it is described; null for the platform's operator.</param>
/// <param name="Comparison">Whether it was compared with the version before, or why not.</param>
/// <param name="Change">The change of the described lists since the version before; null if it was not compared.</param>
public sealed record DescribedVersion(RunVersion Version, string? Owner, VersionComparison Comparison, VersionDifference? Change)
{
    /// <summary>Counts below this are not shown to the owner; null for the platform's operator, who sees all counts.</summary>
    public int? SuppressBelow => Owner is null ? null : Math.Max(Version.SuppressBelow, Change?.From.SuppressBelow ?? 0);
}
