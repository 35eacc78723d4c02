using Kindred.Data.Forgetting;
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
        UserDeletion.Apply(store, Tombstones.Read(store.Forgotten), cancellation);
        _ = RunVersion.Read(store, number);
        store.Switch(number);
    }
}
