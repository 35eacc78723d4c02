using System.Globalization;
using System.Text;
using Kindred.Data.Folders;
using Kindred.Data.Forgotten;

namespace Kindred.Pipeline.Store;

/// <summary>The folder of a daily run: its versions, one of them current, and the task outputs that they consist of.</summary>
/// <remarks>
/// <code>
/// runs/CURRENT              the number of the current version
///      versions/000003/     a published version: manifest.json, lists.json, lists/ with member files
///      objects/NAME-HASH/   outputs of tasks, shared by versions
///      plans/HASH.json      the plan of an unfinished run
///      forgotten.json       digests of permanently deleted users
///      forgetting.json      a permanent deletion that is not finished
///      population-folder    where the population of the last run is
///      held.json            the hold of a roll-back, while there is one
///      log.jsonl            time and machine of each run; exports.jsonl, forgotten.jsonl: records
/// </code>
/// </remarks>
public sealed class RunStore
{
    private const string Digits = "D6";

    // Runs are minutes apart, so even a second reading hardly ever meets another one.
    private const int MostReadings = 5;

    private StoreLock? _lock;

    private RunStore(string folder)
    {
        Folder = folder;
        Objects = new ObjectFolder(Path.Combine(folder, "objects"));
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The outputs of tasks.</summary>
    public ObjectFolder Objects { get; }

    /// <summary>The file of digests of permanently deleted users.</summary>
    public string Forgotten => Path.Combine(Folder, "forgotten.json");

    /// <summary>The file that says that a permanent deletion is not finished.</summary>
    internal string PendingDeletion => Path.Combine(Folder, "forgetting.json");

    /// <summary>The full path of the population that the last run read, so that deletions and checks find it; null before the first
    /// run.</summary>
    /// <exception cref="KindredException">It cannot be read or written.</exception>
    public string? PopulationFolder
    {
        get => !File.Exists(PopulationFile) ? null
            : Path.GetFullPath(OutputErrors.Guard(PopulationFile, () => File.ReadAllText(PopulationFile)).TrimEnd('\n'), Folder);
        set
        {
            // Relative to the store, so that both can be moved together.
            if (value is null || value == PopulationFolder) return;
            InPlace.ReplaceFile(PopulationFile, Encoding.UTF8.GetBytes(Path.GetRelativePath(Folder, value) + "\n"));
        }
    }

    /// <summary>The file that each run adds a line to.</summary>
    public string Log => Path.Combine(Folder, "log.jsonl");

    /// <summary>The file that each export adds a line to.</summary>
    public string ExportLog => Path.Combine(Folder, "exports.jsonl");

    /// <summary>The file that each deletion of users adds a line to.</summary>
    public string ForgetLog => Path.Combine(Folder, "forgotten.jsonl");

    /// <summary>The source of the population if the run makes it: a hash, or words while it is being made; null for an existing
    /// population.</summary>
    /// <exception cref="KindredException">It cannot be read or written.</exception>
    public string? PopulationSource
    {
        get => File.Exists(SourceFile) ? OutputErrors.Guard(SourceFile, () => File.ReadAllText(SourceFile)).Trim() : null;
        set => InPlace.ReplaceFile(SourceFile, Encoding.UTF8.GetBytes(value + "\n"));
    }

    /// <summary>The number of the current version; null before the first run.</summary>
    /// <exception cref="KindredException">The file CURRENT is damaged.</exception>
    public int? Current
    {
        get
        {
            var path = CurrentFile;
            if (!File.Exists(path))
            {
                // A first run may have been stopped just before the switch; later runs always have a current version.
                return Versions() is [] or [1] ? null : throw CurrentUnknown($"{path} is missing, so the published version is unknown.");
            }

            var text = ReadCurrent();
            for (var left = MostReadings; ; left--)
            {
                if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    && Directory.Exists(VersionFolder(number)))
                {
                    return number;
                }

                // A run that keeps one version may have published the next and deleted this one in between.
                var before = text;
                text = ReadCurrent();
                if (text != before && left > 1) continue;
                throw CurrentUnknown($"{path} is damaged: it says '{text}', and there is no such version.");
            }
        }
    }

    private string ReadCurrent() => OutputErrors.Guard(CurrentFile, () => File.ReadAllText(CurrentFile)).Trim();

    private string SourceFile => Path.Combine(Folder, "population-source");

    private string PopulationFile => Path.Combine(Folder, "population-folder");

    private string CurrentFile => Path.Combine(Folder, "CURRENT");

    private KindredException CurrentUnknown(string problem)
    {
        var versions = string.Join(", ", Versions().Select(Name));
        return new KindredException(ErrorKind.Corrupt, "current_version_unknown", problem,
            versions.Length > 0
                ? $"Publish one of the versions {versions}, and lift the hold."
                : "There is no other version either: delete the file and run again.")
        {
            Values = new Dictionary<string, object?> { ["store"] = Folder, ["versions"] = versions },
        };
    }

    /// <summary>Reads from the store while a run may be changing it: what a reading misses may belong to a version that was published over
    /// and deleted, or rewritten without deleted users, since the reading began. It is then read again.</summary>
    /// <param name="read">Reads, from the number of the current version on.</param>
    /// <exception cref="KindredException">The error of the reading, if the published version is the same as before.</exception>
    public T Read<T>(Func<T> read)
    {
        for (var left = MostReadings; ; left--)
        {
            var before = Published();
            try
            {
                return read();
            }
            catch (KindredException) when (left > 1 && Published() != before)
            {
            }
        }

        // A deletion of users rewrites the version under its number.
        (string?, string?) Published()
        {
            try
            {
                var text = File.ReadAllText(CurrentFile).Trim();
                return (text, FolderManifest.VersionOf(Path.Combine(Folder, "versions", text)));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or KindredException)
            {
                return (null, null);
            }
        }
    }

    /// <summary>Returns true if a folder is a store.</summary>
    public static bool IsStore(string folder) =>
        Directory.Exists(Path.Combine(folder, "versions")) && !File.Exists(Path.Combine(folder, FolderManifest.FileName));

    /// <summary>Opens an existing store.</summary>
    /// <exception cref="KindredException">The folder is not a store.</exception>
    public static RunStore Open(string folder)
    {
        if (Directory.Exists(Path.Combine(folder, "versions"))) return new RunStore(Path.GetFullPath(folder));
        throw new KindredException(ErrorKind.BadInput, "store_not_found", $"{folder} holds no versions of a daily run.",
            "Give the folder that the settings call 'store' (by default 'runs' beside them), or make a first version with a daily run.");
    }

    /// <summary>Opens a store, or creates it if there is none. Only its owner may read it, because it contains seed lists.</summary>
    /// <exception cref="KindredException">It cannot be created, or the folder is of another kind.</exception>
    public static RunStore OpenOrCreate(string folder)
    {
        var full = Path.GetFullPath(folder);
        var versions = Path.Combine(full, "versions");
        if (!Directory.Exists(versions) && Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any(entry => Path.GetFileName(entry) is not "LOCK" and not "forgotten.json" and not "forgotten.jsonl" and not "forgetting.json"))
        {
            throw new KindredException(ErrorKind.Output, "store_folder_in_use",
                $"{folder} is not empty and holds no versions of a daily run.", "Choose another 'store' in the settings, or empty it.");
        }

        try
        {
            Durable.CreateFolder(versions);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new KindredException(ErrorKind.Output, "output_not_writable", $"{folder} cannot be made: {error.Message.TrimEnd('.')}.",
                "Check that you may write there.", error);
        }

        return new RunStore(full);
    }

    /// <summary>The permanently deleted users.</summary>
    /// <exception cref="KindredException">Their file is damaged, or is missing although users were deleted.</exception>
    public Tombstones ReadForgotten()
    {
        if (File.Exists(Forgotten) || !File.Exists(ForgetLog) || new FileInfo(ForgetLog).Length == 0) return Tombstones.Read(Forgotten);
        throw new KindredException(ErrorKind.Corrupt, "deleted_users_missing",
            $"{Forgotten} is missing, but {ForgetLog} records permanently deleted users: without the file they would return to audiences.",
            $"Restore the last copy of the file, or move {ForgetLog} away and delete all these users again.");
    }

    /// <summary>Deletes unfinished files of killed commands. No tasks may be running.</summary>
    /// <exception cref="KindredException">It cannot be deleted.</exception>
    public void DeleteUnfinished()
    {
        Objects.DeleteUnfinished();
        OutputErrors.Guard(Folder, () =>
        {
            foreach (var path in Directory.EnumerateDirectories(Path.Combine(Folder, "versions"), ".*"))
            {
                Directory.Delete(path, recursive: true);
            }

            foreach (var (path, _) in TemporaryName.In(Folder).Concat(TemporaryName.In(Plans))) PendingFolder.TryDelete(path);

            // Earlier versions wrote such files.
            foreach (var path in Directory.EnumerateFiles(Folder, "*.tmp")) File.Delete(path);
        });
    }

    /// <summary>Deletes a version.</summary>
    /// <exception cref="KindredException">It cannot be deleted.</exception>
    public void Delete(int number) => OutputErrors.Guard(VersionFolder(number), () =>
    {
        // Renamed first: a partly deleted version must not look like a damaged one.
        var aside = Path.Combine(Folder, "versions", $".{Name(number)}.tmp-deleted");
        if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
        Directory.Move(VersionFolder(number), aside);
        Directory.Delete(aside, recursive: true);
    });

    /// <summary>The numbers of all versions, ascending.</summary>
    public IReadOnlyList<int> Versions() =>
    [
        .. Directory.EnumerateDirectories(Path.Combine(Folder, "versions"))
            .Select(path =>
                int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(number => number > 0).Order(),
    ];

    /// <summary>Returns the path of a version.</summary>
    public string VersionFolder(int number) => Path.Combine(Folder, "versions", Name(number));

    /// <summary>Returns a version's number in six digits.</summary>
    public static string Name(int number) => number.ToString(Digits, CultureInfo.InvariantCulture);

    /// <summary>The folder of plans.</summary>
    public string Plans => Path.Combine(Folder, "plans");

    /// <summary>Returns the path of a plan.</summary>
    public string PlanFile(string name) => Path.Combine(Plans, name + ".json");

    /// <summary>Makes a version the current one, in one step.</summary>
    /// <exception cref="KindredException">The version does not exist, or the disk fails.</exception>
    public void Switch(int number)
    {
        if (!File.Exists(Path.Combine(VersionFolder(number), FolderManifest.FileName)))
        {
            throw new KindredException(ErrorKind.BadInput, "version_not_found",
                $"There is no version {Name(number)} in {Folder}; there are {string.Join(", ", Versions().Select(Name))}. The setting " +
                    "'keep' limits the number of kept versions.", "");
        }

        (_lock ?? throw new InvalidOperationException("The store is not locked.")).RequireHeld();
        InPlace.ReplaceFile(CurrentFile, Encoding.UTF8.GetBytes(Name(number) + "\n"));
    }

    /// <summary>Locks the store against changes until the lock is disposed or the process ends.</summary>
    /// <exception cref="KindredException">Another run is changing it, or the file system cannot lock it.</exception>
    public IDisposable Lock() => _lock = StoreLock.Take(Folder);

    /// <summary>Makes deletions of versions and outputs durable.</summary>
    /// <exception cref="KindredException">The disk fails.</exception>
    internal void SyncNames() => OutputErrors.Guard(Folder, () =>
    {
        if (Directory.Exists(Objects.Folder)) Durable.SyncFolder(Objects.Folder);
        Durable.SyncFolder(Path.Combine(Folder, "versions"));
        Durable.SyncFolder(Folder);
    });
}
