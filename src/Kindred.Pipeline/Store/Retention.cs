using Kindred.Data.Folders;

namespace Kindred.Pipeline.Store;

/// <summary>Deletes versions that are no longer kept, and outputs that no version needs.</summary>
internal static class Retention
{
    /// <summary>Cleans a store up. Nobody may be running tasks.</summary>
    /// <param name="store">The store.</param>
    /// <param name="keep">Versions to keep: the newest, and always the current one.</param>
    /// <param name="others">More outputs to keep: seed lists and exclusions of the newest plan, which spare reading files again.</param>
    public static void Clean(RunStore store, int keep, IEnumerable<string> others)
    {
        var current = store.Current;
        var versions = store.Versions();
        foreach (var old in versions.SkipLast(keep).Where(number => number != current)) store.Delete(old);
        var needed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var number in store.Versions())
        {
            // Members only make the next version quicker.
            needed.UnionWith(RunVersion.ReadHead(store, number).Outputs.Where(name => number == current || !name.StartsWith(OutputNames.MembersPrefix, StringComparison.Ordinal)));
        }

        needed.UnionWith(others);
        foreach (var name in store.Objects.Names())
        {
            if (!needed.Contains(name)) store.Objects.Delete(name);
        }

        if (Directory.Exists(store.Plans)) OutputErrors.Guard(store.Plans, () => Directory.Delete(store.Plans, recursive: true));
    }
}
