namespace Kindred.Worlds;

/// <summary>A user of a seed list, with their engagement with the advertiser.</summary>
/// <param name="UserIndex">The user's number in the world.</param>
/// <param name="UserId">The user's id.</param>
/// <param name="Impressions">The number of impressions of the advertiser's ads: at least 1.</param>
/// <param name="Clicks">The number of clicks: at most <paramref name="Impressions"/>.</param>
/// <param name="IsNoise">True if the user is on the list by accident: of low affinity and little engagement.</param>
public sealed record WorldSeed(long UserIndex, string UserId, int Impressions, int Clicks, bool IsNoise)
{
    /// <summary>Clicks per impression, in [0, 1].</summary>
    public double Ctr => (double)Clicks / Impressions;
}
