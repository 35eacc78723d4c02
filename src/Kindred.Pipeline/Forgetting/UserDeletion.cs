using Kindred.Data.Folders;
using Kindred.Data.Forgetting;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Forgetting;

/// <summary>Takes users out of everything that a store keeps, at once, and keeps them from coming back.</summary>
/// <remarks>
/// The digests of their ids are written first: from then on no look-up knows them and no run reads them, whatever happens next. Then every
/// retained version is written again without them. What was stopped in between is finished by the next deletion, and as to versions by the next run or roll-back.
/// Models hold no users; they are trained without them the next time.
/// </remarks>
public static class UserDeletion
{
    /// <summary>Forgets users.</summary>
    /// <param name="store">The store.</param>
    /// <param name="users">Their ids; some may be known nowhere.</param>
    /// <param name="folders">Populations, models and audiences outside of the store that are to be written again without them.</param>
    /// <param name="by">Who asks for it, for the record.</param>
    /// <param name="time">The clock, for the record.</param>
    /// <param name="cancellation">Stops between folders.</param>
    /// <exception cref="KindredException">An id is none, a folder is of another kind or damaged, or the disk fails.</exception>
    public static DeletionOutcome Run(
        RunStore store, IReadOnlyCollection<string> users, IReadOnlyList<string> folders, string by, TimeProvider time, CancellationToken cancellation = default)
    {
        using var locked = store.Lock();
        store.DeleteUnfinished();
        var forgotten = store.ReadForgotten().With(users);
        forgotten.Write(store.Forgotten);
        var versions = VersionsWithout.Rewrite(store, forgotten, out var damaged, cancellation);

        // What no version needs may hold them too: outputs of a run that was stopped, or what a deletion that was stopped left.
        if (damaged is null) Retention.Clean(store, int.MaxValue, []);
        var rewritten = new List<(string, long)>();
        foreach (var folder in folders)
        {
            if (RemoveFrom(folder, forgotten, cancellation) is var removed and > 0) rewritten.Add((folder, removed));
        }

        ForgetLog.Append(store.ForgetLog, new ForgetEntry(time.GetUtcNow(), by, users.Count, forgotten.Digest,
            [.. versions.Select(number => "version " + RunStore.Name(number)), .. rewritten.Select(folder => folder.Item1)]));
        return damaged is null ? new DeletionOutcome(forgotten.Count, versions, rewritten, [.. folders.SelectMany(Leftovers.Beside)]) : throw new KindredException(damaged.Kind, "deletion_incomplete",
            $"The users are deleted, no look-up finds them any more, and all other versions were written again; but one version could not be written and may still hold them: {damaged.Message}",
            "Then delete the users again.", damaged);
    }

    private static long RemoveFrom(string folder, Tombstones forgotten, CancellationToken cancellation) => FolderManifest.FormatOf(folder) switch
    {
        "kindred-population" => PopulationWithout.Replace(folder, forgotten, cancellation),
        "kindred-models" => ModelFolderWithout.Replace(folder, forgotten),
        "kindred-audiences" => AudienceFolderWithout.Replace(folder, forgotten, cancellation),
        var other => throw new KindredException(ErrorKind.BadInput, "folder_not_deletable_from",
            $"{folder} is {(other is null ? "no folder that Kindred wrote" : $"of format '{other}'")}; users are deleted from populations, models and audiences. They are deleted from the store already.",
            "Give the right folder and delete the users again."),
    };
}
