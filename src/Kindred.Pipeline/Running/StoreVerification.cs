using Kindred.Data.Folders;
using Kindred.Data.Forgetting;
using Kindred.Data.Forgotten;
using Kindred.Data.Formats;
using Kindred.Pipeline.Planning;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Running;

/// <summary>Finds all damage in a store: in each folder, and outputs that versions need but that are missing.</summary>
public static class StoreVerification
{
    private const string Remedy = "Do what each line says, then verify again";

    /// <summary>Verifies a store.</summary>
    /// <param name="folder">The path of the store, as given.</param>
    /// <param name="progress">Receives the finished share.</param>
    /// <param name="cancellation">Stops between folders.</param>
    /// <returns>The store as a whole; it lists only folders with problems.</returns>
    /// <exception cref="KindredException">The store does not exist.</exception>
    public static VerifiedFolder Run(string folder, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        var store = RunStore.Open(folder);
        var problems = new ProblemList(Remedy);
        int? current = null;
        problems.Try(() => current = store.Current);
        Tombstones? forgotten = null;
        problems.Try(() => forgotten = store.ReadForgotten());
        if (forgotten is not null) CheckDeletions(store, forgotten, problems, cancellation);
        StoreHold? hold = null;
        problems.Try(() => hold = StoreHold.Of(store));
        string[] plans =
            Directory.Exists(store.Plans) ? [.. Directory.EnumerateFiles(store.Plans, "*.json").Order(StringComparer.Ordinal)] : [];
        foreach (var plan in plans) problems.Try(() => RunPlan.Read(plan));

        var names = store.Objects.Names().ToArray();
        string[] folders =
            [.. store.Versions().Select(store.VersionFolder), .. names.Where(store.Objects.Exists).Select(store.Objects.PathOf)];
        var verified = new VerifiedFolder[folders.Length];
        for (var i = 0; i < folders.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            verified[i] = FolderVerification.Run(folders[i], cancellation);
            progress?.Invoke((i + 1.0) / folders.Length);
        }

        foreach (var name in names.Where(name => !store.Objects.Exists(name)))
        {
            problems.Add($"{Path.Combine(store.Objects.PathOf(name), FolderManifest.FileName)} is missing, so the folder is damaged. {ObjectFolder.Remedy}");
        }

        foreach (var (number, whole) in store.Versions().Zip(verified))
        {
            CheckNeeds(store, number, number == current, forgotten?.Digest ?? "", whole.Problems == 0, problems);
        }

        return new VerifiedFolder(folder, null, 0, verified.Sum(Files), verified.Sum(Bytes), problems.Count, problems.Kept, Remedy, [],
            [.. verified.Where(one => !one.IsAsWritten)])
        {
            Notes = hold is null ? [] : [$"Held at {hold.Description}. While it is held, no run publishes another version."],
        };
    }

    /// <summary>Searches for what a deletion promised to remove: also in what killed commands left, and in the population.</summary>
    private static void CheckDeletions(RunStore store, Tombstones forgotten, ProblemList problems, CancellationToken cancellation)
    {
        problems.Require(!File.Exists(store.PendingDeletion),
            $"{store.PendingDeletion}: a permanent deletion was stopped before it was done. Run again, or delete the users again");
        string?[] places = [store.Folder, store.Objects.Folder, Path.Combine(store.Folder, "versions")];
        var population = store.PopulationFolder;
        foreach (var left in places.OfType<string>().SelectMany(TemporaryName.In).Select(entry => entry.Path)
            .Concat(population is null ? [] : TemporaryName.Beside(population)))
        {
            problems.Add($"{left} belongs to a command that is running, or was left by one that was killed, and may hold users. The next run deletes what was left");
        }

        foreach (var folder in places.Skip(1).Prepend(population).OfType<string>().Where(Directory.Exists))
        {
            foreach (var file in ForgottenSearch.Run(folder, forgotten, cancellation))
            {
                problems.Add($"{file} holds a user who was permanently deleted, or cannot be read. Run again, or delete the users again");
            }
        }
    }

    private static void CheckNeeds(RunStore store, int number, bool isCurrent, string forgotten, bool isWhole, ProblemList problems)
    {
        RunVersion? version = null;
        if (isWhole) problems.Try(() => version = RunVersion.Read(store, number));
        if (version is null) return;
        problems.Require(forgotten.Length == 0 || version.Forgotten == forgotten,
            $"{store.VersionFolder(number)} was not rewritten without users that were permanently deleted since. Run again, or delete the users again");

        // Members only speed up the next version: those of a version that was not current, until a roll-back, are deleted.
        foreach (var name in version.Objects(withMembers: false).Distinct().Where(name => !Directory.Exists(store.Objects.PathOf(name))))
        {
            problems.Add($"{store.Objects.PathOf(name)} is missing, but version {RunStore.Name(number)} needs it. {(isCurrent ? "Run again: the run makes what is missing" : $"Delete {store.VersionFolder(number)}: it cannot be published again")}");
        }
    }

    private static int Files(VerifiedFolder folder) => folder.Files + folder.Inner.Sum(Files);

    private static long Bytes(VerifiedFolder folder) => folder.Bytes + folder.Inner.Sum(Bytes);
}
