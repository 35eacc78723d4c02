using Kindred.Data.Folders;
using Kindred.Data.Forgetting;
using Kindred.Data.Forgotten;
using Kindred.Data.Memberships;

namespace Kindred.Pipeline.Store;

/// <summary>Rewrites the versions of a store without permanently deleted users.</summary>
internal static class VersionsWithout
{
    /// <summary>Rewrites the versions that still contain deleted users. The caller must lock the store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="forgotten">The deleted users.</param>
    /// <param name="damaged">The error of the first version that could not be rewritten; null if there was none. With an error nothing is
    /// cleaned up, because the outputs that the version needs are unknown.</param>
    /// <param name="cancellation">Stops between versions.</param>
    /// <returns>The numbers of the rewritten versions.</returns>
    public static IReadOnlyList<int> Rewrite(RunStore store, Tombstones forgotten, out KindredException? damaged,
        CancellationToken cancellation)
    {
        damaged = null;
        var changed = new List<int>();
        foreach (var number in store.Versions())
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                var version = RunVersion.Read(store, number);
                if (version.Forgotten == forgotten.Digest) continue;
                if (forgotten.Count == 0)
                {
                    throw new KindredException(ErrorKind.Corrupt, "deleted_users_missing",
                        $"{store.Forgotten} is missing, but users were permanently deleted from version {RunStore.Name(number)}: without " +
                            "the file they would return to audiences.",
                        "Restore the last copy of the file.");
                }

                Rewrite(store, version, forgotten, cancellation);
                changed.Add(number);
            }
            catch (KindredException error) when (error.Kind == ErrorKind.Corrupt)
            {
                damaged ??= error;
            }
        }

        if (changed.Count > 0 && damaged is null) Retention.Clean(store, int.MaxValue, []);
        return changed;
    }

    private static void Rewrite(RunStore store, RunVersion version, Tombstones forgotten, CancellationToken cancellation)
    {
        var counts = new Dictionary<int, long>();
        var next = version with { Forgotten = forgotten.Digest };
        var units = version.Units.ToArray();
        if (version.Index is not null)
        {
            next = next with
            {
                Index = Renamed(version.Index, forgotten),
                Excluded = Renamed(version.Excluded!, forgotten),
            };
            for (var shard = 0; shard < version.Shards; shard++)
            {
                RewriteTable(store, OutputNames.OfShard(version.Index, shard), OutputNames.OfShard(next.Index, shard), forgotten,
                    audience => counts[audience] = counts.GetValueOrDefault(audience) + 1, cancellation);
            }

            RewriteTable(store, version.Excluded!, next.Excluded, forgotten, _ => { }, cancellation);
        }

        units = LastUsers.Replace(store, version, units, forgotten);

        // Members are rows of a population that is rewritten too, so the next run finds them again.
        units = ModelsWithout.Rewrite(store, [.. units.Select(unit =>
            unit with { Members = null, Lists = unit.Lists is { } lists ? RewriteLists(store, lists, forgotten, cancellation) : null })],
            forgotten);
        next = next with { Units = Counted(units, counts) };
        using var output = OutputFolder.In(store.VersionFolder(version.Number), replace: true, RunVersion.Format);
        OutputErrors.Guard(store.VersionFolder(version.Number), () =>
        {
            ListFiles.Link(store, next, output.Path);
            next.Write(output.Path);
        });
        output.Commit();
    }

    /// <summary>The name of an output after it was rewritten.</summary>
    public static string Renamed(string name, Tombstones forgotten) =>
        name[..name.IndexOf('-')] + "-" + new InputHash("without forgotten").Add(name).Add(forgotten.Digest);

    private static void RewriteTable(RunStore store, string from, string to, Tombstones forgotten, Action<int> found,
        CancellationToken cancellation)
    {
        var (source, holds) = (store.Objects.Require(from), false);
        using (var table = UserAudienceTable.Open(source))
        {
            table.ForEach((id, audiences) =>
            {
                if (!forgotten.Contains(id)) return;
                holds = true;
                foreach (var audience in audiences) found(audience);
            });
        }

        store.Objects.Make(to, folder =>
        {
            if (holds) UserAudienceTable.Without(source, folder, forgotten, cancellation);
            else LinkAll(source, folder);
        });
    }

    private static string RewriteLists(RunStore store, string name, Tombstones forgotten, CancellationToken cancellation)
    {
        var to = Renamed(name, forgotten);
        if (!store.Objects.Exists(to)) StageFormats.Require(store.Objects.Require(name), StageFormats.Lists);
        store.Objects.Make(to, folder =>
        {
            LinkAll(store.Objects.Require(name), folder);
            File.Delete(Path.Combine(folder, FolderManifest.FileName));
            foreach (var file in Directory.EnumerateFiles(folder).ToArray()) AudienceFileWithout.Replace(file, forgotten, cancellation);
            StageFormats.Complete(folder, StageFormats.Lists);
        });
        return to;
    }

    private static void LinkAll(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from)) FileLink.Create(file, Path.Combine(to, Path.GetFileName(file)));
    }

    /// <summary>Returns the units with their sizes reduced by the removed users. A user found in the smallest size is also in the larger
    /// ones.</summary>
    private static UnitResult[] Counted(UnitResult[] units, Dictionary<int, long> found)
    {
        var number = 0;
        return [.. units.Select(unit => unit with
        {
            Targets = [.. unit.Targets.Select(target =>
            {
                var (less, smaller) = (0L, 1L);
                return target with
                {
                    Sizes = [.. target.Sizes.Select(size =>
                    {
                        less += found.GetValueOrDefault(number++);

                        // Some removed users were inactive and counted in no size, so a size stays at least as large as the next smaller
                        // one.
                        smaller = Math.Max(smaller, size.Users - less);
                        return size with { Users = smaller };
                    })],
                };
            })],
        })];
    }
}
