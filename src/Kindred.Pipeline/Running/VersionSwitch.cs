using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Running;

/// <summary>Publishes another version of a store.</summary>
public static class VersionSwitch
{
    /// <summary>Publishes a version, after removing users that were deleted since it was made.</summary>
    /// <exception cref="KindredException">The version does not exist or is damaged, or the store is in use.</exception>
    public static void To(RunStore store, int number, CancellationToken cancellation = default)
    {
        using var locked = store.Lock();
        store.DeleteUnfinished();

        // Another damaged version must not prevent the switch: it may be the reason for it.
        var forgotten = store.ReadForgotten();
        VersionsWithout.Rewrite(store, forgotten, out var damaged, cancellation);
        if (RunVersion.Read(store, number).Forgotten != forgotten.Digest)
        {
            throw new KindredException(ErrorKind.Corrupt, "version_holds_deleted_users",
                $"Version {RunStore.Name(number)} still contains permanently deleted users and could not be rewritten without " +
                    $"them{(damaged is null ? "." : $": {damaged.Message}")} It is not published.",
                "Choose another version.");
        }

        store.Switch(number);
    }
}
