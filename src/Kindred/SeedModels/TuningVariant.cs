using Kindred.Scoring;

namespace Kindred.SeedModels;

/// <summary>A method with fixed options, which tuning tries and blends are made of.</summary>
/// <param name="Id">Its name and options, such as <c>ridge-300</c>. Tunings are stored with it: it must never change.</param>
/// <param name="Create">Makes the method, given the fewest seeds that it trains on and the seed of everything random.</param>
public sealed record TuningVariant(string Id, Func<int, ulong, IExpansionMethod> Create)
{
    /// <summary>What its scorers read of a user.</summary>
    public UserInputs Reads { get; } = Create(1, 1).Reads;

    /// <summary>The seeds that the largest list must have for the variant to be worth a try.</summary>
    public int WorthFrom { get; init; }

    /// <summary>Whether its scores are available at request time: from the embedding and the activity alone.</summary>
    public bool IsServable => (Reads & ~(UserInputs.Embedding | UserInputs.Activity)) == 0;
}
