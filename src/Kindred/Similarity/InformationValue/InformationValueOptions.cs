using System.ComponentModel.DataAnnotations;

namespace Kindred.Similarity.InformationValue;

/// <summary>Options of learning the information values of items.</summary>
public sealed record InformationValueOptions
{
    /// <summary>Minimum seeds in the population for a list to be trained.</summary>
    [Range(1, int.MaxValue)]
    public int MinimumSeeds { get; init; } = 25;
}
