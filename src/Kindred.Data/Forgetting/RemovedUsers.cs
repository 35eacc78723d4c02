namespace Kindred.Data.Forgetting;

/// <summary>What a deletion removed from a folder.</summary>
/// <param name="Users">The removed users; one in two tables counts twice.</param>
/// <param name="Models">The lists whose models were deleted, because they held the embedding or the items of a user.</param>
internal sealed record RemovedUsers(long Users, IReadOnlyList<string> Models)
{
    /// <summary>Nothing.</summary>
    public static RemovedUsers None { get; } = new(0, []);
}
