using Kindred.Scoring;

namespace Kindred.SeedModels;

/// <summary>A method with fixed options, which tuning tries and blends combine.</summary>
/// <param name="Id">Its name and options, such as <c>ridge-300</c>. Tunings are stored with it: it must never change.</param>
/// <param name="Create">Creates the method from the minimum number of seeds and the seed of everything random.</param>
public sealed record TuningVariant(string Id, Func<int, ulong, IExpansionMethod> Create)
{
    /// <summary>The inputs of a user that its scorers read.</summary>
    public UserInputs Reads { get; } = Create(1, 1).Reads;

    /// <summary>Tuning tries the variant only if the largest list has at least this many seeds.</summary>
    public int WorthFrom { get; init; }

    /// <summary>True if its scores are available at request time, because they need only the embedding and the activity.</summary>
    public bool IsServable => (Reads & ~(UserInputs.Embedding | UserInputs.Activity)) == 0;
}
