using System.Text.Json.Serialization;

namespace Kindred.SeedModels;

/// <summary>Blends of some of the methods.</summary>
/// <param name="Servable">True if they read only the embedding and the activity of a user.</param>
/// <param name="CostPerPair">Multiply-adds of the most expensive blend to score one user for one list.</param>
/// <param name="Blends">The blend for each range of list sizes, by ascending size.</param>
/// <param name="Recall">Average recall on lists that were not used to choose the blend.</param>
/// <param name="SingleRecall">The same for the single method that was best on the other lists.</param>
/// <param name="GainStandardError">Standard error over lists of the mean difference between the two.</param>
public sealed record TuningChoice(
    bool Servable, double CostPerPair, IReadOnlyList<SizeBlend> Blends, double Recall, double SingleRecall, double GainStandardError)
{
    /// <summary>True if <see cref="Recall"/> was measured on lists that were not used for the choice; false if there were too few lists for
    /// that.</summary>
    public bool MeasuredApart { get; init; } = true;

    /// <summary>True if it is one method for all lists.</summary>
    [JsonIgnore]
    public bool IsSingle => Blends is [{ Parts.Count: 1 }];

    /// <summary>The blend for a list with this number of seeds.</summary>
    public SizeBlend For(int seeds) => Blends.LastOrDefault(blend => seeds >= blend.FromSeeds) ?? Blends[0];
}
