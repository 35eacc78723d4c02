using System.ComponentModel.DataAnnotations;

namespace Kindred.Tests.Toy;

/// <summary>Options of <see cref="ToyMethod"/>.</summary>
internal sealed record ToyOptions
{
    /// <summary>The power to which cosines are raised.</summary>
    [Range(1.0, 9.0)]
    public double Sharpness { get; init; } = 3;

    /// <summary>The maximum number of seeds that users are compared with.</summary>
    [Range(25, 1000)]
    public int MostCompared { get; init; } = 500;

    /// <summary>True to ignore negative cosines: a user who is unlike a seed counts as neutral to it.</summary>
    public bool OnlyAlike { get; init; }
}
