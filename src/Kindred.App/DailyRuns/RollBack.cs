using Kindred.Pipeline.Running;
using Kindred.Pipeline.Store;

namespace Kindred.App.DailyRuns;

/// <summary>Publishes a retained version again, and keeps it published.</summary>
public static class RollBack
{
    /// <summary>Publishes a version again in one step, and holds the store at it: until <see cref="Lift"/>, no run publishes another
    /// version. Permanently deleted users stay deleted.</summary>
    /// <param name="request">The store and the version; that may be the current one, which is then only held.</param>
    /// <param name="actor">The name of the person who requested it, for the record.</param>
    /// <param name="cancellation">Stops before the switch.</param>
    /// <exception cref="KindredException">There is no such version, or it is damaged.</exception>
    public static RolledBack Run(RollBackRequest request, string actor, CancellationToken cancellation = default)
    {
        var store = RunStore.Open(request.Store);
        return Waiting(request.Wait, () =>
        {
            var before = CurrentOf(store);
            var hold = VersionSwitch.To(store, request.Version, actor, request.Reason, TimeProvider.System, cancellation);
            return new RolledBack(request.Version, before, hold);
        }, cancellation);
    }

    /// <summary>Lifts the hold of a store: the next run starts from the current version and publishes again.</summary>
    /// <param name="store">The folder of versions.</param>
    /// <param name="wait">How to wait while a run is changing the store; null to fail at once.</param>
    /// <param name="cancellation">Stops the wait.</param>
    /// <exception cref="KindredException">The folder is not a store, or the store is in use.</exception>
    public static LiftedHold Lift(string store, StoreWait? wait = null, CancellationToken cancellation = default)
    {
        var opened = RunStore.Open(store);
        return Waiting(wait, () =>
        {
            var wasHeld = VersionSwitch.Lift(opened, out var hold);
            return new LiftedHold(CurrentOf(opened), wasHeld, hold);
        }, cancellation);
    }

    private static T Waiting<T>(StoreWait? wait, Func<T> work, CancellationToken cancellation) =>
        wait is null ? work() : wait.Run(work, cancellation);

    // The record of the current version may be damaged; a rollback repairs it.
    private static int? CurrentOf(RunStore store)
    {
        try
        {
            return store.Current;
        }
        catch (KindredException error) when (error.Kind == ErrorKind.Corrupt)
        {
            return null;
        }
    }
}
