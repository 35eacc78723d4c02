namespace Kindred.Evaluation;

/// <summary>The reasons for a recommended size.</summary>
public enum ReachReason
{
    /// <summary>Its last users are at least three times likelier than random users to be seeds.</summary>
    MuchLikelier,

    /// <summary>No size has such users; its last users are at least one and a half times likelier.</summary>
    Likelier,

    /// <summary>No size is recommended: hardly any users are likelier than random ones.</summary>
    NoBetterThanChance,
}
