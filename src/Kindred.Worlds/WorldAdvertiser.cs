namespace Kindred.Worlds;

/// <summary>An advertiser of a synthetic world, and what makes a user like him.</summary>
public sealed record WorldAdvertiser
{
    /// <summary>His number, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>His name, such as <c>advertiser-07</c>: numbered from 1.</summary>
    public required string Name { get; init; }

    /// <summary>How many users his seed list has.</summary>
    public required int SeedCount { get; init; }

    /// <summary>Two to four topics that his users care for, with the weight of each (per standard deviation of its share).</summary>
    public required IReadOnlyList<TopicWeight> Topics { get; init; }

    /// <summary>The weight of caring for the first two topics at once (per standard deviation of the geometric mean of their shares);
    /// 0 for every second advertiser, whom a linear model can describe.</summary>
    public required double PairWeight { get; init; }
}
