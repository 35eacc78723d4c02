namespace Kindred.Pipeline.Forgetting;

/// <summary>The result of a permanent deletion.</summary>
/// <param name="Forgotten">The total number of permanently deleted users.</param>
/// <param name="Versions">The numbers of the rewritten versions.</param>
/// <param name="Folders">The other folders that contained deleted users, with the number of rows that were removed.</param>
/// <param name="DeletedModels">The lists of those folders whose models were deleted, because they held embeddings or items of the
/// users.</param>
public sealed record DeletionOutcome(
    int Forgotten, IReadOnlyList<int> Versions, IReadOnlyList<(string Folder, long Users)> Folders, IReadOnlyList<string> DeletedModels);
