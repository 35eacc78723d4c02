using System.ComponentModel.DataAnnotations;

namespace Kindred.Embeddings;

/// <summary>Options of training embeddings from interactions (implicit alternating least squares).</summary>
public sealed record IalsOptions
{
    /// <summary>Length of one copy of an embedding.</summary>
    /// <value>A multiple of 8 from 16 to 512. Default 128: see docs/decisions.</value>
    [Range(16, 512)]
    public int Dimension { get; init; } = 128;

    /// <summary>Embeddings that are trained from different starts and put side by side, which averages out the randomness of one
    /// start.</summary>
    /// <value>Default 2: see docs/decisions.</value>
    [Range(1, 8)]
    public int Copies { get; init; } = 2;

    /// <summary>Length of all copies side by side.</summary>
    public int TotalDimension => Dimension * Copies;

    /// <summary>α₀, the weight of a pair that was not seen.</summary>
    /// <value>Default 0.1.</value>
    [Range(1e-6, 100)]
    public double UnobservedWeight { get; init; } = 0.1;

    /// <summary>λ, multiplied for each user by (Σ confidence + α₀ · items), and for each item likewise.</summary>
    /// <value>Default 0.001.</value>
    [Range(1e-9, 100)]
    public double Regularization { get; init; } = 0.001;

    /// <summary>Passes over users and items.</summary>
    /// <value>Default 8; the objective changes by less than a percent afterwards.</value>
    [Range(1, 100)]
    public int Iterations { get; init; } = 8;

    /// <summary>Conjugate-gradient steps for each row in each pass, started from its last value.</summary>
    /// <value>Default 2: with the preconditioner they reach the objective of exact solutions.</value>
    [Range(1, 64)]
    public int Steps { get; init; } = 2;

    /// <summary>Seed of the initial item embeddings.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Worker threads; the result does not depend on it.</summary>
    [Range(1, 1024)]
    public int Threads { get; init; } = Environment.ProcessorCount;
}
