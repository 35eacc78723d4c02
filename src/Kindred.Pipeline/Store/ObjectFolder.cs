using Kindred.Data.Folders;

namespace Kindred.Pipeline.Store;

/// <summary>The outputs of tasks, each a folder under a name that holds the hash of all its inputs.</summary>
/// <remarks>
/// A task is finished when its output is there under its final name. Outputs are written under a temporary name and committed by a
/// rename that replaces nothing: a worker that comes second with the same output finds it there, and drops its own.
/// </remarks>
/// <param name="path">The folder.</param>
public sealed class ObjectFolder(string path)
{
    /// <summary>The remedy for a damaged output, as a sentence without a full stop.</summary>
    public const string Remedy = "Delete the folder and run again: the run makes what the current version lacks; an older version that lacks it cannot be published again, so delete that version";

    private const string Temporary = ".tmp-";

    /// <summary>The folder.</summary>
    public string Folder { get; } = path;

    /// <summary>Where an output is, finished or not.</summary>
    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Whether an output is finished.</summary>
    public bool Exists(string name) => File.Exists(Path.Combine(Folder, name, FolderManifest.FileName));

    /// <summary>Where an output is that a version needs.</summary>
    /// <exception cref="KindredException">It is not there.</exception>
    public string Require(string name) => Exists(name) ? PathOf(name) : throw new KindredException(ErrorKind.Corrupt, "store_output_damaged",
        $"{PathOf(name)} is missing or has no {FolderManifest.FileName}, though a version needs it.", $"{Remedy}.");

    /// <summary>All finished outputs.</summary>
    public IEnumerable<string> Names() => !Directory.Exists(Folder) ? [] :
        Directory.EnumerateDirectories(Folder).Select(path => Path.GetFileName(path)!).Where(name => name[0] != '.').Order(StringComparer.Ordinal);

    /// <summary>Makes an output unless it is there.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="write">Writes it into the folder that it is given, its manifest last.</param>
    /// <returns>Whether it was made now.</returns>
    /// <exception cref="KindredException">The disk is full or fails.</exception>
    public bool Make(string name, Action<string> write)
    {
        if (Exists(name)) return false;

        // Finished outputs have a manifest: a missing manifest means that the output was damaged, and it is made again.
        if (Directory.Exists(PathOf(name)))
        {
            // Somebody else may have finished it just now.
            if (Exists(name)) return false;
            Delete(name);
        }

        try
        {
            using var output = OutputFolder.Create(PathOf(name));
            OutputErrors.Guard(PathOf(name), () => write(output.Path));
            output.Commit();
            return true;
        }
        catch (KindredException error) when (error.Kind == ErrorKind.Output && Exists(name))
        {
            // Another worker was quicker with the same bytes.
            return false;
        }
    }

    /// <summary>Deletes outputs; those that are gone already do no harm.</summary>
    public void Delete(string name)
    {
        // Renamed first: a folder that is half deleted must not look finished.
        var aside = Path.Combine(Folder, $".{name}{Temporary}deleted");
        try
        {
            if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
            if (!Directory.Exists(PathOf(name))) return;
            Directory.Move(PathOf(name), aside);
            Directory.Delete(aside, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new KindredException(ErrorKind.Output, "output_not_deletable",
                $"{PathOf(name)} cannot be deleted: {error.Message.TrimEnd('.')}.", $"Check that you may write in {Folder}.", error);
        }
    }

    /// <summary>Deletes what runs that were killed left unfinished. Nobody may be writing.</summary>
    public void DeleteUnfinished()
    {
        if (!Directory.Exists(Folder)) return;
        OutputErrors.Guard(Folder, () =>
        {
            foreach (var path in Directory.EnumerateDirectories(Folder, $".*{Temporary}*")) Directory.Delete(path, recursive: true);
        });
    }
}
