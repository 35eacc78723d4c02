using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Running;

/// <summary>Publishes another version of a store.</summary>
public static class VersionSwitch
{
    /// <summary>Publishes a version, after users who were deleted since have been taken out of it.</summary>
    /// <exception cref="KindredException">There is no such version, it is damaged, or somebody else changes the store.</exception>
    public static void To(RunStore store, int number, CancellationToken cancellation = default)
    {
        using var locked = store.Lock();
        store.DeleteUnfinished();

        // Another version that is damaged may be why this one is wanted.
        var forgotten = store.ReadForgotten();
        VersionsWithout.Rewrite(store, forgotten, out var damaged, cancellation);
        if (RunVersion.Read(store, number).Forgotten != forgotten.Digest)
        {
            throw new KindredException(ErrorKind.Corrupt, "version_holds_deleted_users",
                $"Version {RunStore.Name(number)} still holds permanently deleted users, and could not be written again without them{(damaged is null ? "." : $": {damaged.Message}")} It is not published.",
                "Choose another version.");
        }

        store.Switch(number);
    }
}
