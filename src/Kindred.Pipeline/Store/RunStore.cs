using System.Globalization;
using System.Text;
using Kindred.Data.Folders;

namespace Kindred.Pipeline.Store;

/// <summary>The folder of a daily run: versions, of which one is current, and the outputs of tasks that they are made of.</summary>
/// <remarks>
/// <code>
/// runs/CURRENT              the number of the current version
///      versions/000003/     what is published: manifest.json, lists.json, lists/ for people
///      objects/NAME-HASH/   outputs of tasks, shared by versions
///      plans/HASH.json      the plan of a run that is going on
///      forgotten.json       digests of users who must never come back
///      log.jsonl            what each run took; exports.jsonl, forgotten.jsonl: records
/// </code>
/// </remarks>
public sealed class RunStore
{
    private const string Digits = "D6";

    private RunStore(string folder)
    {
        Folder = folder;
        Objects = new ObjectFolder(Path.Combine(folder, "objects"));
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Outputs of tasks.</summary>
    public ObjectFolder Objects { get; }

    /// <summary>The file of digests of forgotten users.</summary>
    public string Forgotten => Path.Combine(Folder, "forgotten.json");

    /// <summary>The file that each run adds a line to.</summary>
    public string Log => Path.Combine(Folder, "log.jsonl");

    /// <summary>The file that each export adds a line to.</summary>
    public string ExportLog => Path.Combine(Folder, "exports.jsonl");

    /// <summary>The file that each deletion of users adds a line to.</summary>
    public string ForgetLog => Path.Combine(Folder, "forgotten.jsonl");

    /// <summary>The number of the current version; null before the first run.</summary>
    /// <exception cref="KindredException">What says it is damaged.</exception>
    public int? Current
    {
        get
        {
            var path = Path.Combine(Folder, "CURRENT");
            if (!File.Exists(path)) return null;
            var text = File.ReadAllText(path).Trim();
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Directory.Exists(VersionFolder(number))) return number;
            throw new KindredException(ErrorKind.Corrupt,
                $"{path} says '{text}', and there is no such version. Write the number of one of {string.Join(", ", Versions())} with `kindred rollback`, or run `kindred run` in another store.");
        }
    }

    /// <summary>Opens a store that is there.</summary>
    /// <exception cref="KindredException">There is none.</exception>
    public static RunStore Open(string folder)
    {
        if (Directory.Exists(Path.Combine(folder, "versions"))) return new RunStore(Path.GetFullPath(folder));
        throw new KindredException(ErrorKind.BadInput,
            $"{folder} holds no versions of a daily run. Give the folder that the settings call 'store' (runs beside them, where they say nothing), or make a first version with `kindred run`.");
    }

    /// <summary>Opens a store, making it if there is none. Only its owner may look into it: it holds seed lists.</summary>
    /// <exception cref="KindredException">It cannot be made, or a folder of another kind is in the way.</exception>
    public static RunStore OpenOrCreate(string folder)
    {
        var full = Path.GetFullPath(folder);
        var versions = Path.Combine(full, "versions");
        if (!Directory.Exists(versions) && Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any(entry => Path.GetFileName(entry) is not "LOCK" and not "forgotten.json" and not "forgotten.jsonl"))
        {
            throw new KindredException(ErrorKind.Output, $"{folder} is not empty and holds no versions of a daily run. Choose another 'store' in the settings, or empty it.");
        }

        try
        {
            if (OperatingSystem.IsWindows() || Directory.Exists(full)) Directory.CreateDirectory(versions);
            else
            {
                Directory.CreateDirectory(full, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                Directory.CreateDirectory(versions);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new KindredException(ErrorKind.Output, $"{folder} cannot be made: {error.Message.TrimEnd('.')}. Check that you may write there.", error);
        }

        return new RunStore(full);
    }

    /// <summary>The numbers of all versions, ascending.</summary>
    public IReadOnlyList<int> Versions() =>
    [
        .. Directory.EnumerateDirectories(Path.Combine(Folder, "versions"))
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(number => number > 0).Order(),
    ];

    /// <summary>Where a version is.</summary>
    public string VersionFolder(int number) => Path.Combine(Folder, "versions", Name(number));

    /// <summary>A version's number as people write it.</summary>
    public static string Name(int number) => number.ToString(Digits, CultureInfo.InvariantCulture);

    /// <summary>Where the plan of this name is.</summary>
    public string PlanFile(string name) => Path.Combine(Folder, "plans", name + ".json");

    /// <summary>Makes a version the current one, in one step.</summary>
    /// <exception cref="KindredException">There is no such version, or the disk fails.</exception>
    public void Switch(int number)
    {
        if (!File.Exists(Path.Combine(VersionFolder(number), FolderManifest.FileName)))
        {
            throw new KindredException(ErrorKind.BadInput, $"There is no version {Name(number)} in {Folder}; there are {string.Join(", ", Versions().Select(Name))}. Older ones are deleted as 'keep' says.");
        }

        AtomicFile.Write(Path.Combine(Folder, "CURRENT"), Encoding.UTF8.GetBytes(Name(number) + "\n"));
    }

    /// <summary>Keeps others from changing the store until it is disposed, or its process ends in whatever way.</summary>
    /// <exception cref="KindredException">Somebody else is changing it.</exception>
    public IDisposable Lock()
    {
        var path = Path.Combine(Folder, "LOCK");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
        {
            throw new KindredException(ErrorKind.Output, $"{Folder} is being changed by another run. Wait until it has ended, or stop it; it can be gone on with by the same command.", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new KindredException(ErrorKind.Output, $"{path} cannot be opened: {error.Message.TrimEnd('.')}. Check that you may write in the store.", error);
        }
    }
}
