using Kindred.Catalog;
using Kindred.Data.Folders;
using Kindred.Data.Forgetting;
using Kindred.Data.Memberships;

namespace Kindred.Pipeline.Store;

/// <summary>Rewrites the versions of a store without permanently deleted users.</summary>
internal static class VersionsWithout
{
    /// <summary>Rewrites the versions that still hold deleted users. The caller has locked the store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="forgotten">The deleted users.</param>
    /// <param name="damaged">The first version that could not be read or written again; null where there was none. Nothing is cleaned up then, as the outputs that it needs are unknown.</param>
    /// <param name="cancellation">Stops between versions.</param>
    /// <returns>The numbers of the rewritten versions.</returns>
    public static IReadOnlyList<int> Rewrite(RunStore store, Tombstones forgotten, out KindredException? damaged, CancellationToken cancellation)
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
                        $"{store.Forgotten} is missing, though users were permanently deleted from version {RunStore.Name(number)}: without the file they would come back.",
                        "Put the last copy of the file back.");
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
                RewriteTable(store, OutputNames.OfShard(version.Index, shard), OutputNames.OfShard(next.Index, shard), forgotten, audience => counts[audience] = counts.GetValueOrDefault(audience) + 1, cancellation);
            }

            RewriteTable(store, version.Excluded!, next.Excluded, forgotten, _ => { }, cancellation);
        }

        units = LastUsers.Replace(store, version, units, forgotten);

        // Rows of members are those of a population that is written again too: they are found anew by the next run.
        units = [.. units.Select(unit => unit with { Members = null, ModelKey = HoldsSeeds(unit.Method) ? "" : unit.ModelKey, Lists = unit.Lists is { } lists ? RewriteLists(store, lists, forgotten, cancellation) : null })];
        next = next with { Units = Counted(units, counts) };
        using var output = OutputFolder.Create(store.VersionFolder(version.Number), replace: true, RunVersion.Format);
        OutputErrors.Guard(store.VersionFolder(version.Number), () =>
        {
            ListFiles.Link(store, next, output.Path);
            next.Write(output.Path);
        });
        output.Commit();
    }

    private static string Renamed(string name, Tombstones forgotten) =>
        name[..name.IndexOf('-')] + "-" + new InputHash("without forgotten").Add(name).Add(forgotten.Digest);

    private static void RewriteTable(RunStore store, string from, string to, Tombstones forgotten, Action<int> found, CancellationToken cancellation)
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

    /// <summary>Units whose audiences have as many users less as were found in them; a smallest size that was found stands for the larger ones too.</summary>
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

                        // Some of those found were not active, and counted in no size: a size stays at least as large as the one before.
                        smaller = Math.Max(smaller, size.Users - less);
                        return size with { Users = smaller };
                    })],
                };
            })],
        })];
    }

    /// <summary>Whether a method's models may hold embeddings or items of seeds: such models are not carried over to a day that they are not due on.</summary>
    private static bool HoldsSeeds(string method) => Methods.All.Find(method) is not { HoldsSeeds: false };
}
