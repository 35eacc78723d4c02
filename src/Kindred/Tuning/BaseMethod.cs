using Kindred.Scoring;
using Kindred.SeedModels;

namespace Kindred.Tuning;

/// <summary>A method with fixed settings that blends are made of.</summary>
/// <param name="Id">Its name and settings, such as <c>ridge-300</c>.</param>
/// <param name="Create">Makes it, given the fewest seeds that it trains on and the seed of what is random.</param>
public sealed record BaseMethod(string Id, Func<int, ulong, IExpansionMethod> Create)
{
    /// <summary>What its scorers read of a user.</summary>
    public UserInputs Reads { get; } = Create(1, 1).Reads;

    /// <summary>Whether its scores can be asked for at request time: from the embedding and the activity alone.</summary>
    public bool IsServable => (Reads & ~(UserInputs.Embedding | UserInputs.Activity)) == 0;
}
