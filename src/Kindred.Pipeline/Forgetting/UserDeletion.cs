using Kindred.Data.Folders;
using Kindred.Data.Forgetting;
using Kindred.Data.Forgotten;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Forgetting;

/// <summary>Deletes users from everything in a store immediately, and excludes them from later runs.</summary>
/// <remarks>
/// The intent is recorded first, with all folders, and then the digests of the users' ids: from then on no look-up finds them and no run
/// reads them, even if the deletion stops. Then every retained version and every folder is rewritten without them. A stopped or failed
/// deletion stays pending: the next run, or the next deletion, finishes it before anything else.
/// </remarks>
public static class UserDeletion
{
    /// <summary>Deletes users permanently.</summary>
    /// <param name="store">The store.</param>
    /// <param name="users">Their ids; they may include unknown ids.</param>
    /// <param name="folders">Folders outside the store to rewrite without them. The population of the last run is always one.</param>
    /// <param name="by">The person who requests it, for the audit record.</param>
    /// <param name="time">The clock, for the record.</param>
    /// <param name="cancellation">Stops between folders.</param>
    /// <exception cref="KindredException">An id is invalid, a folder was not written by Kindred or is damaged, or the disk fails.</exception>
    public static DeletionOutcome Run(
        RunStore store, IReadOnlyCollection<string> users, IReadOnlyList<string> folders, string by, TimeProvider time,
        CancellationToken cancellation = default)
    {
        using var locked = store.Lock();
        var forgotten = store.ReadForgotten().With(users);
        foreach (var folder in folders) FolderWithout.Require(folder);
        var pending = new PendingDeletion(time.GetUtcNow(), by, users.Count, [.. folders.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal)])
            .And(PendingDeletion.Read(store));
        pending.Write(store);
        forgotten.Write(store.Forgotten);
        return Finish(store, pending, forgotten, cancellation);
    }

    /// <summary>Finishes a deletion that was stopped or failed. The caller must lock the store.</summary>
    /// <returns>What was done; null if none is pending.</returns>
    /// <exception cref="KindredException">It cannot be finished.</exception>
    internal static DeletionOutcome? FinishPending(RunStore store, CancellationToken cancellation) =>
        PendingDeletion.Read(store) is { } pending ? Finish(store, pending, store.ReadForgotten(), cancellation) : null;

    private static DeletionOutcome Finish(RunStore store, PendingDeletion pending, Tombstones forgotten, CancellationToken cancellation)
    {
        store.DeleteUnfinished();
        var versions = VersionsWithout.Rewrite(store, forgotten, out var damaged, cancellation);

        // Outputs that no version needs may contain them too: those of stopped runs or stopped deletions.
        if (damaged is null) Retention.Clean(store, int.MaxValue, []);
        var rewritten = new List<(string Folder, long Users)>();
        var models = new List<string>();
        foreach (var folder in pending.Folders.Append(PopulationOf(store)).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();

            // Also those of this deletion, if it was killed before: they would be taken for files of the folder.
            DeleteLeftovers(folder);

            // A folder that its owner deleted since the request holds nobody.
            var removed = Directory.Exists(folder) ? FolderWithout.Replace(folder, forgotten, cancellation) : RemovedUsers.None;
            if (removed.Users > 0) rewritten.Add((folder, removed.Users));
            models.AddRange(removed.Models);
            RequireNoLeftovers(folder);
        }

        if (damaged is not null)
        {
            throw new KindredException(damaged.Kind, "deletion_incomplete",
                "No look-up finds the users any more, and everything else was rewritten without them. But one version could not be " +
                    $"written and may still contain them: {damaged.Message}",
                "Then delete the users again.", damaged);
        }

        RequireNobodyLeft(store, forgotten, cancellation);
        ForgetLog.Append(store.ForgetLog, new ForgetEntry(pending.When, pending.By, pending.Users, forgotten.Digest,
            [.. versions.Select(number => "version " + RunStore.Name(number)), .. rewritten.Select(folder => folder.Folder)]));
        PendingDeletion.Complete(store);
        return new DeletionOutcome(forgotten.Count, versions, rewritten, models);
    }

    private static string? PopulationOf(RunStore store) =>
        store.PopulationFolder is { } folder && FolderManifest.IsWrittenByKindred(folder) ? folder : null;

    // What killed commands left is deleted; what a running one writes may hold the users when it is done.
    private static void RequireNoLeftovers(string folder)
    {
        DeleteLeftovers(folder);
        string[] all = [.. Leftovers.Beside(folder), .. FoldersIn(folder).SelectMany(TemporaryName.In).Select(entry => entry.Path)];
        if (all is [var left, ..]) throw LeftBehind(left);
    }

    private static void DeleteLeftovers(string folder)
    {
        PendingFolder.DeleteAbandoned(Path.GetDirectoryName(TemporaryName.Normalise(folder))!);
        foreach (var path in FoldersIn(folder)) PendingFolder.DeleteAbandoned(path);
    }

    private static string[] FoldersIn(string folder) =>
        Directory.Exists(folder) ? [folder, .. Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories)] : [];

    private static KindredException LeftBehind(string path) => new(ErrorKind.Output, "users_in_temporary_files",
        $"{path} belongs to another command that is running, or cannot be deleted, and may hold users who are to be deleted.",
        "Wait until that command ends, or delete the folder; then delete the users again.")
    {
        Values = new Dictionary<string, object?> { ["path"] = path },
    };

    private static void RequireNobodyLeft(RunStore store, Tombstones forgotten, CancellationToken cancellation)
    {
        string[] places = [store.Folder, store.Plans, store.Objects.Folder, Path.Combine(store.Folder, "versions")];
        if (places.SelectMany(TemporaryName.In).FirstOrDefault() is { Path: { } left }) throw LeftBehind(left);
        string[] parts = [store.Objects.Folder, Path.Combine(store.Folder, "versions")];
        foreach (var part in parts.Where(Directory.Exists))
        {
            if (ForgottenSearch.Run(part, forgotten, cancellation) is [var file, ..]) throw FolderWithout.StillThere(store.Folder, file);
        }
    }
}
