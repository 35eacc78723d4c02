namespace Kindred.Worlds;

/// <summary>A user of a seed list, with how he engaged with the advertiser.</summary>
/// <param name="UserIndex">His number in the world.</param>
/// <param name="UserId">His id.</param>
/// <param name="Impressions">How often he saw the advertiser: at least 1.</param>
/// <param name="Clicks">How often he clicked: at most <paramref name="Impressions"/>.</param>
/// <param name="IsNoise">Whether he is on the list by accident: of low affinity and little engagement.</param>
public sealed record WorldSeed(long UserIndex, string UserId, int Impressions, int Clicks, bool IsNoise)
{
    /// <summary>Clicks per impression, in [0, 1].</summary>
    public double Ctr => (double)Clicks / Impressions;
}
