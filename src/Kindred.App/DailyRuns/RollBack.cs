using Kindred.Pipeline.Running;
using Kindred.Pipeline.Store;

namespace Kindred.App.DailyRuns;

/// <summary>Publishes a retained version again.</summary>
public static class RollBack
{
    /// <summary>Publishes a version again in one step. Permanently deleted users stay deleted.</summary>
    /// <param name="store">The folder of versions.</param>
    /// <param name="version">The number of the version.</param>
    /// <param name="cancellation">Stops before the switch.</param>
    /// <exception cref="KindredException">There is no such version, or it is damaged.</exception>
    public static RolledBack Run(string store, int version, CancellationToken cancellation = default)
    {
        var opened = RunStore.Open(store);
        var before = Before(opened);
        VersionSwitch.To(opened, version, cancellation);
        return new RolledBack(version, before);
    }

    // The record of the current version may be damaged; a rollback repairs it.
    private static int? Before(RunStore store)
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
