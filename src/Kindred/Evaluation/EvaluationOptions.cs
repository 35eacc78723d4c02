using System.ComponentModel.DataAnnotations;

namespace Kindred.Evaluation;

/// <summary>Options of an evaluation.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Expansion sizes as shares of the target population.</summary>
    /// <value>Default 1%, 2%, 5% and 10%.</value>
    public IReadOnlyList<double> Fractions { get; init; } = [0.01, 0.02, 0.05, 0.10];

    /// <summary>Country whose active users are ranked, or null for all users.</summary>
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
