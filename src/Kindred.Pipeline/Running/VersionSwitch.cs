using Kindred.Pipeline.Forgetting;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Running;

/// <summary>Publishes another version of a store.</summary>
public static class VersionSwitch
{
    /// <summary>Publishes a version, after whoever was forgotten since has been taken out of it.</summary>
    /// <exception cref="KindredException">There is no such version, it is damaged, or somebody else changes the store.</exception>
    public static void To(RunStore store, int number, CancellationToken cancellation = default)
    {
        using var locked = store.Lock();
        store.DeleteUnfinished();

        // Another version that is damaged may be why this one is wanted.
        var forgotten = store.ReadForgotten();
        UserDeletion.Apply(store, forgotten, out var damaged, cancellation);
        if (RunVersion.Read(store, number).Forgotten != forgotten.Digest)
        {
            throw new KindredException(ErrorKind.Corrupt,
                $"Version {RunStore.Name(number)} still holds users who were forgotten, and could not be written again without them{(damaged is null ? "" : $": {damaged.Message}")} It is not published; choose another one.");
        }

        store.Switch(number);
    }
}
