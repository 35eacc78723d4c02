using System.Text.Json.Serialization;

namespace Kindred.SeedModels;

/// <summary>Blends that use some of the methods only.</summary>
/// <param name="Servable">Whether they read nothing of a user but his embedding and activity.</param>
/// <param name="CostPerPair">Multiply-adds to score one user for one list, of the dearest blend.</param>
/// <param name="Blends">The blend for each range of list sizes, by ascending size.</param>
/// <param name="Recall">Average recall on lists that had no part in choosing the blend.</param>
/// <param name="SingleRecall">The same of the single method that was best on the others.</param>
/// <param name="GainStandardError">Standard error of the mean difference of the two over lists.</param>
public sealed record TuningChoice(
    bool Servable, double CostPerPair, IReadOnlyList<SizeBlend> Blends, double Recall, double SingleRecall, double GainStandardError)
{
    /// <summary>Whether <see cref="Recall"/> was measured on lists that had no part in the choice: for a handful of lists that cannot be.</summary>
    public bool MeasuredApart { get; init; } = true;

    /// <summary>Whether it is one method for all lists.</summary>
    [JsonIgnore]
    public bool IsSingle => Blends is [{ Parts.Count: 1 }];

    /// <summary>The blend for a list of so many seeds.</summary>
    public SizeBlend For(int seeds) => Blends.LastOrDefault(blend => seeds >= blend.FromSeeds) ?? Blends[0];
}
