namespace Kindred.Pipeline.Forgetting;

/// <summary>What a deletion did.</summary>
/// <param name="Forgotten">Users who are forgotten by now, in all.</param>
/// <param name="Versions">Versions that were written again.</param>
/// <param name="Folders">Other folders that held one of them, and how many.</param>
/// <param name="Leftovers">What commands that were killed, or that still go on, have beside those folders: it may hold the users too.</param>
public sealed record DeletionOutcome(
    int Forgotten, IReadOnlyList<int> Versions, IReadOnlyList<(string Folder, long Users)> Folders, IReadOnlyList<string> Leftovers);
