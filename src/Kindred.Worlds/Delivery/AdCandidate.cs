namespace Kindred.Worlds.Delivery;

/// <summary>A user in an advertiser's audience.</summary>
/// <param name="Advertiser">The advertiser.</param>
/// <param name="Systems">Bit s: whether he is in the audience that system s made.</param>
/// <param name="Affinity">The truth.</param>
/// <param name="Bid">What an impression that is the first is worth: what a click is worth to the advertiser × the ad server's forecast of one.</param>
internal readonly record struct AdCandidate(int Advertiser, byte Systems, float Affinity, float Bid)
{
    public bool IsOf(int system) => (Systems >> system & 1) != 0;
}
