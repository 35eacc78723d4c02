namespace Kindred.Insight;

/// <summary>The thresholds of <see cref="SeedVerdict"/>, chosen and tested on measured recall: docs/measurements.md.</summary>
public static class VerdictRule
{
    /// <summary>Lists with fewer users in the population are too small: their recall is then uncertain by 10 points and more either
    /// way.</summary>
    public const int FewestSeeds = 100;

    /// <summary>Lists of which a smaller share is <see cref="SeedCohesion.Near"/> are too mixed: less than three times chance.</summary>
    public const double LeastNear = 0.15;

    /// <summary>The verdict on a list.</summary>
    /// <param name="matched">Its users in the population.</param>
    /// <param name="cohesion">Their similarity; null if it could not be measured.</param>
    public static SeedVerdict Of(int matched, SeedCohesion? cohesion) =>
        matched < FewestSeeds ? SeedVerdict.TooFewToJudge
        : cohesion is null ? SeedVerdict.CannotBeTold
        : cohesion.Near < LeastNear ? SeedVerdict.TooMixed
        : SeedVerdict.Fine;
}
