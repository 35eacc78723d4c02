namespace Kindred.Audiences;

/// <summary>A check of the spelling of excluded ids: ids that no user has exclude no user.</summary>
public static class ExclusionCheck
{
    /// <summary>The minimum number of ids: fewer may all be unknown users.</summary>
    public const int FewestToJudge = 25;

    /// <summary>Tells whether the ids are probably written or hashed differently.</summary>
    /// <param name="given">Users to exclude.</param>
    /// <param name="found">Those of them who are in the population.</param>
    public static bool AreStrangers(int given, int found) => found == 0 && given >= FewestToJudge;
}
