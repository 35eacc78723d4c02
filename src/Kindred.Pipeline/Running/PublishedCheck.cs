using Kindred.Data.Folders;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Running;

/// <summary>Reads all files of the published version and compares them with their checksums, so that a run without changes does not call
/// damaged audiences up to date.</summary>
internal static class PublishedCheck
{
    /// <summary>Deletes the damaged outputs of a version, which the next planning makes again.</summary>
    /// <param name="store">The store.</param>
    /// <param name="version">The published version.</param>
    /// <param name="threads">Threads that read files.</param>
    /// <param name="progress">Receives progress, and a note for each damaged folder.</param>
    /// <param name="cancellation">Stops between files.</param>
    /// <returns>True if something was damaged: an output, or a file of the version itself.</returns>
    /// <exception cref="KindredException">A file cannot be read, which does not mean that it is damaged.</exception>
    public static bool DeleteDamaged(RunStore store, RunVersion version, int threads, IProgressReporter progress,
        CancellationToken cancellation)
    {
        using var work = progress.Start("Checking published files");
        string[] outputs = [.. version.Objects(withMembers: true).Distinct().Where(store.Objects.Exists)];
        string[] folders = [store.VersionFolder(version.Number), .. outputs.Select(store.Objects.PathOf)];
        var damaged = new string?[folders.Length];
        var unreadable = new KindredException?[folders.Length];
        var done = 0;
        Parallel.For(0, folders.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i =>
        {
            try
            {
                damaged[i] = DamagedFile(folders[i], cancellation);
            }
            catch (KindredException error)
            {
                unreadable[i] = error;
            }

            work.Report(Interlocked.Increment(ref done) / (double)folders.Length);
        });
        if (Array.Find(unreadable, error => error is not null) is { } first) throw first;
        for (var i = 1; i < folders.Length; i++)
        {
            if (damaged[i] is null) continue;
            store.Objects.Delete(outputs[i - 1]);
            progress.Note($"{damaged[i]} was damaged; its folder is made again.");
        }

        if (damaged[0] is { } own) progress.Note($"{own} was damaged; its version is published again under the next number.");
        return Array.Exists(damaged, file => file is not null);
    }

    /// <summary>Returns true if a version and all of its outputs are there, and its own files are as written.</summary>
    public static bool IsWhole(RunStore store, RunVersion version, CancellationToken cancellation) =>
        version.Objects(withMembers: false).All(store.Objects.Exists)
        && DamagedFile(store.VersionFolder(version.Number), cancellation) is null;

    /// <summary>The first file of a folder that differs from its manifest, or the manifest; null if there is none.</summary>
    private static string? DamagedFile(string folder, CancellationToken cancellation)
    {
        FolderManifest manifest;
        try
        {
            // Any format and version: only checksums are compared here.
            manifest = FolderManifest.Read(folder, FolderManifest.FormatOf(folder) ?? "", int.MaxValue, "");
        }
        catch (KindredException error) when (error.Kind == ErrorKind.Corrupt)
        {
            return Path.Combine(folder, FolderManifest.FileName);
        }

        foreach (var file in manifest.Files)
        {
            cancellation.ThrowIfCancellationRequested();
            var path = Path.Combine(folder, file.Path);
            try
            {
                if (FileChecksum.Describe(folder, file.Path) != file) return path;
            }
            catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
            {
                return path;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // No permission or too many open files: deleting it would lose a good output.
                throw FolderErrors.Unreadable(path, error);
            }
        }

        return null;
    }
}
