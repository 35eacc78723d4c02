using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Running;

/// <summary>Publishes another version of a store, which stays published until that is lifted.</summary>
public static class VersionSwitch
{
    /// <summary>Publishes a version, after removing users that were deleted since it was made, and holds the store at it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="number">The number of the version; also that of the current one, which is then only held.</param>
    /// <param name="by">The person who asks for it, for the record.</param>
    /// <param name="reason">The reason, for the record; null for none.</param>
    /// <param name="time">The clock, for the record.</param>
    /// <param name="cancellation">Stops before the switch.</param>
    /// <exception cref="KindredException">The version does not exist or is damaged, or the store is in use.</exception>
    public static StoreHold To(RunStore store, int number, string by, string? reason, TimeProvider time,
        CancellationToken cancellation = default)
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

        // The hold comes first: if the process ends before the switch, the next run is refused instead of publishing another version.
        var hold = StoreHold.Put(store, number, by, reason, time);
        store.Switch(number);
        return hold;
    }

    /// <summary>Lifts the hold of a store, so that the next run publishes again.</summary>
    /// <param name="store">The store.</param>
    /// <param name="hold">The lifted hold; null if there was none, or if its record was damaged.</param>
    /// <returns>True if the store was held.</returns>
    /// <exception cref="KindredException">The store is in use, or the disk fails.</exception>
    public static bool Lift(RunStore store, out StoreHold? hold)
    {
        using var locked = store.Lock();
        return StoreHold.Lift(store, out hold);
    }
}
