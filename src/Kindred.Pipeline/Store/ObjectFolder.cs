using Kindred.Data.Folders;

namespace Kindred.Pipeline.Store;

/// <summary>The outputs of tasks, each a folder with the hash of all its inputs in its name.</summary>
/// <remarks>
/// A task is finished when its output exists under its final name. Outputs are written under a temporary name and committed by a
/// rename that never replaces: a slower worker with the same output finds it there and discards its own.
/// </remarks>
/// <param name="path">The folder.</param>
public sealed class ObjectFolder(string path)
{
    /// <summary>The remedy for a damaged output, as a sentence without a full stop.</summary>
    public const string Remedy = "Delete the folder and run again: the run makes what the current version lacks; an older version that " +
        "lacks it cannot be published again, so delete that version";

    private const string Temporary = ".tmp-";

    /// <summary>The folder.</summary>
    public string Folder { get; } = path;

    /// <summary>Returns the path of an output, finished or not.</summary>
    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Returns true if an output is finished.</summary>
    public bool Exists(string name) => File.Exists(Path.Combine(Folder, name, FolderManifest.FileName));

    /// <summary>Returns the path of an output that a version needs.</summary>
    /// <exception cref="KindredException">The output does not exist.</exception>
    public string Require(string name) =>
        Exists(name) ? PathOf(name) : throw new KindredException(ErrorKind.Corrupt, "store_output_damaged",
        $"{PathOf(name)} is missing or has no {FolderManifest.FileName}, but a version needs it.", $"{Remedy}.");

    /// <summary>The names of all finished outputs.</summary>
    public IEnumerable<string> Names() => !Directory.Exists(Folder) ? [] :
        Directory.EnumerateDirectories(Folder).Select(path => Path.GetFileName(path)!).Where(name => name[0] != '.')
            .Order(StringComparer.Ordinal);

    /// <summary>Makes an output unless it exists.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="write">Writes it into the given folder, the manifest last.</param>
    /// <returns>True if this call made it.</returns>
    /// <exception cref="KindredException">The disk is full or fails.</exception>
    public bool Make(string name, Action<string> write)
    {
        if (Exists(name)) return false;

        // Finished outputs have a manifest: a missing manifest means damage, so the output is made again.
        if (Directory.Exists(PathOf(name)))
        {
            // Another worker may have finished it in the meantime.
            if (Exists(name)) return false;
            Delete(name);
        }

        try
        {
            using var output = OutputFolder.In(PathOf(name));
            OutputErrors.Guard(PathOf(name), () => write(output.Path));
            output.Commit();
            return true;
        }
        catch (KindredException error) when (error.Kind == ErrorKind.Output && Exists(name))
        {
            // Another worker was faster and wrote the same bytes.
            return false;
        }
    }

    /// <summary>Deletes outputs; missing ones are ignored.</summary>
    public void Delete(string name)
    {
        // Renamed first: a partly deleted folder must not look finished.
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

    /// <summary>Deletes unfinished outputs of killed runs. No worker may be writing.</summary>
    public void DeleteUnfinished()
    {
        if (!Directory.Exists(Folder)) return;
        OutputErrors.Guard(Folder, () =>
        {
            foreach (var path in Directory.EnumerateDirectories(Folder, $".*{Temporary}*")) Directory.Delete(path, recursive: true);
        });
    }
}
