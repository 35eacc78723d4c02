using System.ComponentModel.DataAnnotations;

namespace Kindred.Insight;

/// <summary>Options of inspecting seed lists.</summary>
public sealed record InsightOptions
{
    /// <summary>The minimum count of seeds that may be described: fewer seeds show no item, topic, attribute or cluster, and no
    /// cohesion.</summary>
    /// <value>Users. Default 20; never below 10, so that no user can be identified.</value>
    [Range(10, 1_000_000)]
    public int MinimumCount { get; init; } = 20;

    /// <summary>Number of random users that the seeds are compared with.</summary>
    /// <value>Users. Default 20,000: percentiles are then known within a fifth of a point.</value>
    [Range(100, 10_000_000)]
    public int ReferenceUsers { get; init; } = 20_000;

    /// <summary>Maximum seeds that are searched for clusters; all seeds are then counted.</summary>
    /// <value>Users. Default 2,000.</value>
    [Range(100, 1_000_000)]
    public int ClusterSample { get; init; } = 2_000;

    /// <summary>Maximum number of clusters.</summary>
    [Range(1, 50)]
    public int MostClusters { get; init; } = 8;

    /// <summary>The number of features of each kind that are shown for a list and for each of its clusters.</summary>
    [Range(1, 1000)]
    public int MostFeatures { get; init; } = 10;

    /// <summary>Country whose active users the seeds are compared with, or null for all users.</summary>
    public string? Country { get; init; }

    /// <summary>Maximum users in a candidate pool.</summary>
    [Range(1000, int.MaxValue)]
    public int PoolLimit { get; init; } = SeedModels.TrainingContext.DefaultPoolLimit;

    /// <summary>Seed of what is sampled.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Worker threads; the result does not depend on it.</summary>
    [Range(1, 1024)]
    public int Threads { get; init; } = Environment.ProcessorCount;
}
