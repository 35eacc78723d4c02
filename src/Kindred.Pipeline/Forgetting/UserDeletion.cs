using Kindred.Data.Folders;
using Kindred.Data.Forgetting;
using Kindred.Data.Memberships;
using Kindred.Pipeline.Planning;
using Kindred.Pipeline.Running;
using Kindred.Pipeline.Stages;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Forgetting;

/// <summary>What a deletion did.</summary>
/// <param name="Forgotten">Users who are forgotten by now, in all.</param>
/// <param name="Versions">Versions that were written again.</param>
/// <param name="Folders">Other folders that held one of them, and how many.</param>
/// <param name="Leftovers">What commands that were killed, or that still go on, have beside those folders: it may hold the users too.</param>
public sealed record DeletionOutcome(
    int Forgotten, IReadOnlyList<int> Versions, IReadOnlyList<(string Folder, long Users)> Folders, IReadOnlyList<string> Leftovers);

/// <summary>Takes users out of everything that a store keeps, at once, and keeps them from coming back.</summary>
/// <remarks>
/// The digests of their ids are written first: from then on no look-up knows them and no run reads them, whatever happens next. Then every
/// retained version is written again without them. What was stopped in between is finished by the next deletion, and as to versions by the next run or roll-back.
/// Models hold no users; they are trained without them the next time.
/// </remarks>
public static class UserDeletion
{
    // Their parameters are embeddings or items of seeds: such models are not kept for a day that they are not due on.
    private static readonly string[] _holdsSeeds = ["nearest", "jaccard", Stages.ModelMethods.Auto];

    /// <summary>Forgets users.</summary>
    /// <param name="store">The store.</param>
    /// <param name="users">Their ids; some may be known nowhere.</param>
    /// <param name="folders">Populations, models and audiences outside of the store that are to be written again without them.</param>
    /// <param name="by">Who asks for it, for the record.</param>
    /// <param name="time">The clock, for the record.</param>
    /// <param name="cancellation">Stops between folders.</param>
    /// <exception cref="KindredException">An id is none, a folder is of another kind or damaged, or the disk fails.</exception>
    public static DeletionOutcome Run(
        RunStore store, IReadOnlyCollection<string> users, IReadOnlyList<string> folders, string by, TimeProvider time, CancellationToken cancellation = default)
    {
        using var locked = store.Lock();
        store.DeleteUnfinished();
        var forgotten = store.ReadForgotten().With(users);
        forgotten.Write(store.Forgotten);
        var versions = Apply(store, forgotten, out var damaged, cancellation);

        // What no version needs may hold them too: outputs of a run that was stopped, or what a deletion that was stopped left.
        if (damaged is null) Retention.Clean(store, int.MaxValue, []);
        var rewritten = new List<(string, long)>();
        foreach (var folder in folders)
        {
            if (RemoveFrom(folder, forgotten, cancellation) is var removed and > 0) rewritten.Add((folder, removed));
        }

        ForgetLog.Append(store.ForgetLog, new ForgetEntry(time.GetUtcNow(), by, users.Count, forgotten.Digest,
            [.. versions.Select(number => "version " + RunStore.Name(number)), .. rewritten.Select(folder => folder.Item1)]));
        return damaged is null ? new DeletionOutcome(forgotten.Count, versions, rewritten, [.. folders.SelectMany(Leftovers.Beside)]) : throw new KindredException(damaged.Kind,
            $"The users are forgotten, nobody is told of them any more, and all other versions were written again; but one could not be, and may hold them still: {damaged.Message} Then run the same command again.", damaged);
    }

    /// <summary>Writes those versions again that still hold forgotten users. Whoever calls this has locked the store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="forgotten">Who they are.</param>
    /// <param name="damaged">The first version that could not be read or written again; null where there was none. Nothing is cleaned up then, as nobody knows what it needs.</param>
    /// <param name="cancellation">Stops between versions.</param>
    /// <returns>The numbers of those that were written again.</returns>
    internal static IReadOnlyList<int> Apply(RunStore store, Tombstones forgotten, out KindredException? damaged, CancellationToken cancellation)
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
                if (forgotten.Count == 0) throw new KindredException(ErrorKind.Corrupt, $"{store.Forgotten} is missing, though users were forgotten in version {RunStore.Name(number)}: without it they would come back. Put the last copy of the file back.");
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

    private static long RemoveFrom(string folder, Tombstones forgotten, CancellationToken cancellation) => FolderManifest.FormatOf(folder) switch
    {
        "kindred-population" => PopulationWithout.Replace(folder, forgotten, cancellation),
        "kindred-models" => ModelFolderWithout.Replace(folder, forgotten),
        "kindred-audiences" => AudienceFolderWithout.Replace(folder, forgotten, cancellation),
        var other => throw new KindredException(ErrorKind.BadInput,
            $"{folder} is {(other is null ? "no folder that Kindred wrote" : $"of format '{other}'")}; users are taken out of populations, models and audiences. They are forgotten in the store by now; give the right folder and run the command again."),
    };

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
                RewriteTable(store, RunPlan.OfShard(version.Index, shard), RunPlan.OfShard(next.Index, shard), forgotten, audience => counts[audience] = counts.GetValueOrDefault(audience) + 1, cancellation);
            }

            RewriteTable(store, version.Excluded!, next.Excluded, forgotten, _ => { }, cancellation);
        }

        units = LastUsers.Replace(store, version, units, forgotten);

        // Rows of members are those of a population that is written again too: they are found anew by the next run.
        units = [.. units.Select(unit => unit with { Members = null, ModelKey = _holdsSeeds.Contains(unit.Method) ? "" : unit.ModelKey, Lists = unit.Lists is { } lists ? RewriteLists(store, lists, forgotten, cancellation) : null })];
        next = next with { Units = Counted(units, counts) };
        using var output = OutputFolder.Create(store.VersionFolder(version.Number), replace: true, RunVersion.Format);
        OutputErrors.Guard(store.VersionFolder(version.Number), () =>
        {
            RunCommit.LinkLists(store, next, output.Path);
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
}
