using Kindred.Data.Folders;

namespace Kindred.Pipeline.Store;

/// <summary>The intent of a permanent deletion: written before any of its work and deleted after all of it, so that a stopped deletion is
/// finished by the next run, and nothing calls it done before.</summary>
/// <param name="When">When it was requested, in UTC.</param>
/// <param name="By">The person who requested it.</param>
/// <param name="Users">The number of users that were named.</param>
/// <param name="Folders">The folders outside the store that the users are deleted from: full paths.</param>
internal sealed record PendingDeletion(DateTimeOffset When, string By, int Users, IReadOnlyList<string> Folders)
{
    private const string DamagedCode = "pending_deletion_damaged";

    /// <summary>Reads the intent of a store; null if no deletion is pending.</summary>
    /// <exception cref="KindredException">It is damaged.</exception>
    public static PendingDeletion? Read(RunStore store) => !File.Exists(store.PendingDeletion) ? null
        : Documents.Read<PendingDeletion>(store.PendingDeletion, DamagedCode, "Delete the users again, with all folders, and delete this file before");

    /// <summary>Records the intent.</summary>
    public void Write(RunStore store) => InPlace.ReplaceFile(store.PendingDeletion, Documents.Serialise(this));

    /// <summary>Records that all is done.</summary>
    public static void Complete(RunStore store) => OutputErrors.Guard(store.PendingDeletion, () =>
    {
        File.Delete(store.PendingDeletion);
        Durable.SyncFolder(store.Folder);
    });

    /// <summary>This deletion together with one that was stopped before.</summary>
    public PendingDeletion And(PendingDeletion? before) => before is null ? this : this with
    {
        Users = Users + before.Users,
        Folders = [.. before.Folders.Concat(Folders).Distinct(StringComparer.Ordinal)],
    };
}
