namespace Kindred.Insight;

/// <summary>The thresholds of <see cref="SeedVerdict"/>, chosen and tested on measured recall: docs/measurements.md.</summary>
public static class VerdictRule
{
    /// <summary>Lists with fewer users in the population are too small: their recall is uncertain by at least ±10 points.</summary>
    public const int FewestSeeds = 100;

    /// <summary>Lists with a smaller share of <see cref="SeedCohesion.Near"/> seeds are too mixed: it is less than three times
    /// chance.</summary>
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
