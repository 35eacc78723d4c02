namespace Kindred.Worlds.Delivery;

/// <summary>A user in an advertiser's audience.</summary>
/// <param name="Advertiser">The advertiser.</param>
/// <param name="Systems">Bit s: whether the user is in the audience that system s made.</param>
/// <param name="Affinity">The true affinity.</param>
/// <param name="Bid">The bid for a first impression: the advertiser's value of a click × the ad server's predicted click rate.</param>
internal readonly record struct AdCandidate(int Advertiser, byte Systems, float Affinity, float Bid)
{
    public bool IsOf(int system) => (Systems >> system & 1) != 0;
}
