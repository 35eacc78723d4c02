using System.ComponentModel.DataAnnotations;

namespace Kindred.Tests.Toy;

/// <summary>Options of <see cref="ToyMethod"/>.</summary>
internal sealed record ToyOptions
{
    /// <summary>The power of a cosine that counts.</summary>
    [Range(1.0, 9.0)]
    public double Sharpness { get; init; } = 3;

    /// <summary>The most seeds that users are compared with.</summary>
    [Range(25, 1000)]
    public int MostCompared { get; init; } = 500;

    /// <summary>Whether users who are unlike a seed count as if they were neither like nor unlike it.</summary>
    public bool OnlyAlike { get; init; }
}
