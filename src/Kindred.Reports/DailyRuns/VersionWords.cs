using Kindred.App.DailyRuns;
using Kindred.Pipeline.Comparing;
using Kindred.Pipeline.Store;

namespace Kindred.Reports.DailyRuns;

/// <summary>A published version in words.</summary>
internal static class VersionWords
{
    public static long Audiences(RunVersion version) => version.Units.Sum(unit => unit.Targets.Sum(target => (long)target.Sizes.Count));

    public static bool HasChanged(AudienceDifference audience) =>
        audience.Gained + audience.Lost > 0 || audience.SizeBefore != audience.SizeAfter;

    /// <summary>What the version publishes.</summary>
    public static string Headline(DescribedVersion described)
    {
        var audiences = Audiences(described.Version);
        var lists = Figure.SeedLists(described.Version.Units.Select(unit => unit.List).Distinct().Count());
        return $"{Figure.Count(audiences)} {(audiences == 1 ? "audience" : "audiences")} of {lists}.";
    }

    /// <summary>What has changed since the version before, or why that is not known.</summary>
    public static string Change(DescribedVersion described, ShownCounts counts) => described.Comparison switch
    {
        VersionComparison.FirstVersion => "This is the first version, so there is nothing to compare it with.",
        VersionComparison.PreviousNotKept =>
            $"Version {RunStore.Name(described.Version.Previous!.Value)}, the one before, is no longer kept.",
        VersionComparison.WithoutIndex =>
            "Members cannot be compared: this version or the one before was published without an index of users.",
        VersionComparison.NoAudience => "Neither this version nor the one before has an audience of these lists.",
        _ => Change(described.Change!, counts),
    };

    /// <summary>A reason that follows the name of a list, as a sentence of its own.</summary>
    public static string Sentence(string reason) => char.ToUpperInvariant(reason[0]) + reason[1..];

    public static IEnumerable<(string Term, string Meaning)> Technical(RunVersion version) =>
    [
        ("Population", version.PopulationVersion),
        ("Embedding space", version.EmbeddingSpace),
        ("Program", version.Program),
        ("Methods", string.Join(", ", version.Units.Select(unit => unit.Method).Distinct().Order(StringComparer.Ordinal))),
    ];

    private static string Change(VersionDifference change, ShownCounts counts)
    {
        var changed = change.Audiences.Count(HasChanged);
        var population = change.From.PopulationVersion == change.To.PopulationVersion ? "The population is the same."
            : $"The population gained {counts.Text(change.UsersGained)} users and lost {counts.Text(change.UsersLost)}.";
        return $"Since version {RunStore.Name(change.From.Number)}: " +
            $"{Figure.Count(changed)} of {Figure.Count(change.Audiences.Count)} audiences have other members. {population}";
    }
}
