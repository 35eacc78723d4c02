using System.ComponentModel.DataAnnotations;

namespace Kindred.SeedLists.Checks;

/// <summary>Limits of seed lists, and the amount of detail in a check.</summary>
public sealed record SeedCheckOptions
{
    /// <summary>Minimum users of a list that must be in the population.</summary>
    /// <value>Users. Default 25, the minimum for training a model.</value>
    [Range(1, int.MaxValue)]
    public int MinimumSeeds { get; init; } = 25;

    /// <summary>Maximum share of the population that a list may contain: a list of nearly all users has no profile.</summary>
    /// <value>A share in (0, 1]. Default 0.2.</value>
    [Range(1e-9, 1.0)]
    public double MostShare { get; init; } = 0.2;

    /// <summary>Country whose users count, or null for all users.</summary>
    public string? Country { get; init; }

    /// <summary>The number of reported pairs of lists.</summary>
    /// <value>Pairs. Default 20.</value>
    [Range(0, 10_000)]
    public int MostPairs { get; init; } = 20;

    /// <summary>Minimum common users of a pair: for small lists, a few common users mean nothing.</summary>
    /// <value>Users. Default 10.</value>
    [Range(1, int.MaxValue)]
    public int MinimumShared { get; init; } = 10;

    /// <summary>Maximum additions to count pairs of lists over all users; beyond that, a sample of the users is searched.</summary>
    /// <value>Additions. Default 2 billion, some seconds of one thread.</value>
    [Range(1, long.MaxValue)]
    public long MostOverlapWork { get; init; } = 2_000_000_000;

    /// <summary>Lists with a smaller share of their users in the population get a diagnosis.</summary>
    /// <value>A share. Default 0.9.</value>
    [Range(0.0, 1.0)]
    public double ManyMatch { get; init; } = 0.9;

    /// <summary>Worker threads.</summary>
    [Range(1, 1024)]
    public int Threads { get; init; } = Environment.ProcessorCount;
}
