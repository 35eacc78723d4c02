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
        UserDeletion.Apply(store, store.ReadForgotten(), out _, cancellation);
        _ = RunVersion.Read(store, number);
        store.Switch(number);
    }
}
