namespace Kindred.Worlds;

/// <summary>An advertiser of a synthetic world, and the topics that its users like.</summary>
public sealed record WorldAdvertiser
{
    /// <summary>The advertiser's number, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The name, such as <c>advertiser-07</c>; names count from 1.</summary>
    public required string Name { get; init; }

    /// <summary>The number of users of the seed list.</summary>
    public required int SeedCount { get; init; }

    /// <summary>Two to four topics that the advertiser's users like, with the weight of each (per standard deviation of its
    /// share).</summary>
    public required IReadOnlyList<TopicWeight> Topics { get; init; }

    /// <summary>The weight of liking the first two topics at once (per standard deviation of the geometric mean of their shares);
    /// 0 for every second advertiser, which a linear model can describe.</summary>
    public required double PairWeight { get; init; }
}
