using Kindred.Data.Folders;
using Kindred.Data.Forgetting;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Forgetting;

/// <summary>Deletes users from everything in a store immediately, and excludes them from later runs.</summary>
/// <remarks>
/// The digests of their ids are written first: from then on no look-up finds them and no run reads them, even if the deletion stops. Then
/// every
/// retained version is rewritten without them. The next deletion finishes a stopped one; the next run or rollback finishes its versions.
/// Models do not contain users; the next training does not use the deleted ones.
/// </remarks>
public static class UserDeletion
{
    /// <summary>Deletes users permanently.</summary>
    /// <param name="store">The store.</param>
    /// <param name="users">Their ids; they may include unknown ids.</param>
    /// <param name="folders">Populations, models and audiences outside the store to rewrite without them.</param>
    /// <param name="by">The person who requests it, for the audit record.</param>
    /// <param name="time">The clock, for the record.</param>
    /// <param name="cancellation">Stops between folders.</param>
    /// <exception cref="KindredException">An id is invalid, a folder is of another kind or damaged, or the disk fails.</exception>
    public static DeletionOutcome Run(
        RunStore store, IReadOnlyCollection<string> users, IReadOnlyList<string> folders, string by, TimeProvider time,
        CancellationToken cancellation = default)
    {
        using var locked = store.Lock();
        store.DeleteUnfinished();
        var forgotten = store.ReadForgotten().With(users);
        forgotten.Write(store.Forgotten);
        var versions = VersionsWithout.Rewrite(store, forgotten, out var damaged, cancellation);

        // Outputs that no version needs may contain them too: those of stopped runs or stopped deletions.
        if (damaged is null) Retention.Clean(store, int.MaxValue, []);
        var rewritten = new List<(string, long)>();
        foreach (var folder in folders)
        {
            if (RemoveFrom(folder, forgotten, cancellation) is var removed and > 0) rewritten.Add((folder, removed));
        }

        ForgetLog.Append(store.ForgetLog, new ForgetEntry(time.GetUtcNow(), by, users.Count, forgotten.Digest,
            [.. versions.Select(number => "version " + RunStore.Name(number)), .. rewritten.Select(folder => folder.Item1)]));
        return damaged is null
            ? new DeletionOutcome(forgotten.Count, versions, rewritten, [.. folders.SelectMany(Leftovers.Beside)])
            : throw new KindredException(damaged.Kind, "deletion_incomplete",
            $"The users are deleted, no look-up finds them, and all other versions were rewritten. But one version could not be written " +
                $"and may still contain them: {damaged.Message}",
            "Then delete the users again.", damaged);
    }

    private static long RemoveFrom(string folder, Tombstones forgotten, CancellationToken cancellation) =>
        FolderManifest.FormatOf(folder) switch
        {
            "kindred-population" => PopulationWithout.Replace(folder, forgotten, cancellation),
            "kindred-models" => ModelFolderWithout.Replace(folder, forgotten),
            "kindred-audiences" => AudienceFolderWithout.Replace(folder, forgotten, cancellation),
            var other => throw new KindredException(ErrorKind.BadInput, "folder_not_deletable_from",
                $"{folder} is {(other is null ? "not a folder that Kindred wrote" : $"of format '{other}'")}; users can be deleted from " +
                    "populations, models and audiences. They are already deleted from the store.",
                "Give the right folder and delete the users again."),
        };
}
