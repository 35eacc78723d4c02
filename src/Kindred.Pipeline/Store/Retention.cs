using Kindred.Data.Folders;

namespace Kindred.Pipeline.Store;

/// <summary>Deletes versions that are no longer kept, and outputs that no version needs.</summary>
internal static class Retention
{
    /// <summary>Cleans up a store. No tasks may be running.</summary>
    /// <param name="store">The store.</param>
    /// <param name="keep">The number of newest versions to keep; the current one and a held one are always kept.</param>
    /// <param name="others">Further outputs to keep: seed lists and exclusions of the newest plan, which save reading files again.</param>
    public static void Clean(RunStore store, int keep, IEnumerable<string> others)
    {
        var current = store.Current;
        var versions = store.Versions();
        int[] old = [.. versions.SkipLast(keep).Where(number => number != current)];
        var held = old.Length > 0 ? StoreHold.Of(store)?.Version : null;
        foreach (var number in old.Where(number => number != held)) store.Delete(number);
        var needed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var number in store.Versions())
        {
            // Members of old versions are not needed: they only speed up the next version.
            needed.UnionWith(
                RunVersion.ReadHead(store, number).Outputs.Where(name =>
                    number == current || !name.StartsWith(OutputNames.MembersPrefix, StringComparison.Ordinal)));
        }

        needed.UnionWith(others);
        foreach (var name in store.Objects.Names())
        {
            if (!needed.Contains(name)) store.Objects.Delete(name);
        }

        if (Directory.Exists(store.Plans)) OutputErrors.Guard(store.Plans, () => Directory.Delete(store.Plans, recursive: true));
        store.SyncNames();
    }
}
