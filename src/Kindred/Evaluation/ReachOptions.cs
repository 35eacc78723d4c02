using System.ComponentModel.DataAnnotations;

namespace Kindred.Evaluation;

/// <summary>Options of reach curves.</summary>
public sealed record ReachOptions
{
    private static readonly double[] _powers = [0.001, 0.01, 0.1];
    private static readonly double[] _digits = [1, 1.15, 1.3, 1.5, 1.75, 2, 2.3, 2.6, 3, 3.5, 4, 4.5, 5, 5.5, 6, 7, 8, 9];

    /// <summary>Audience sizes as ascending shares of the target population.</summary>
    /// <value>Default 42 sizes from 0.1% to 20%, spread about evenly on a logarithmic scale, at round numbers.</value>
    public IReadOnlyList<double> Shares { get; init; } =
        [.. _powers.SelectMany(power => _digits.Select(digit => Math.Round(power * digit, 6))).Where(share => share <= 0.2)];

    /// <summary>Number of folds; a model trained on the other folds scores each of them.</summary>
    /// <value>Default 5: a model learns from four fifths of the list.</value>
    [Range(2, 20)]
    public int Folds { get; init; } = 5;

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
