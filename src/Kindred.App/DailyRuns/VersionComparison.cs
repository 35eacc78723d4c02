namespace Kindred.App.DailyRuns;

/// <summary>Whether a version was compared with the one before it.</summary>
public enum VersionComparison
{
    /// <summary>It was compared.</summary>
    Done,

    /// <summary>It is the first version.</summary>
    FirstVersion,

    /// <summary>The version before is no longer kept.</summary>
    PreviousNotKept,

    /// <summary>One of the two was published without an index of users.</summary>
    WithoutIndex,

    /// <summary>Neither version has an audience of the described lists.</summary>
    NoAudience,
}
