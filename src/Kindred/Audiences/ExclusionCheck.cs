namespace Kindred.Audiences;

/// <summary>Whether users to exclude are written as the population's are: nobody is left out by ids that nobody has.</summary>
public static class ExclusionCheck
{
    /// <summary>Fewer may well be strangers, all of them.</summary>
    public const int FewestToJudge = 25;

    /// <summary>Whether they are most likely written, or hashed, in another way.</summary>
    /// <param name="given">Users to exclude.</param>
    /// <param name="found">Those of them who are in the population.</param>
    public static bool AreStrangers(int given, int found) => found == 0 && given >= FewestToJudge;
}
