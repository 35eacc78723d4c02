using System.ComponentModel.DataAnnotations;

namespace Kindred.Similarity.InformationValue;

/// <summary>How items' information values are learnt.</summary>
public sealed record InformationValueOptions
{
    /// <summary>The fewest seeds in the population that a model is trained on.</summary>
    [Range(1, int.MaxValue)]
    public int MinimumSeeds { get; init; } = 25;
}
