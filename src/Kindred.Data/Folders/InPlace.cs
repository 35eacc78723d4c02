namespace Kindred.Data.Folders;

/// <summary>Rewrites files and folders in one atomic step that leaves no old files behind.</summary>
/// <remarks>New files get the permissions of the old ones. If the path is a link, its target is rewritten.</remarks>
internal static class InPlace
{
    private const UnixFileMode OwnersWork = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Rewrites a folder that Kindred wrote.</summary>
    /// <param name="path">The folder, which must be there.</param>
    /// <param name="before">Its manifest as it was read: a folder that another process has replaced meanwhile is left alone.</param>
    /// <param name="write">Writes the new folder to the given path.</param>
    /// <exception cref="KindredException">It cannot be written or replaced, or its old files cannot be removed.</exception>
    public static void ReplaceFolder(string path, FolderManifest before, Action<string> write)
    {
        var target = RealPath(path);
        using var output = OutputFolder.Create(target, replace: true, before.Format);
        OutputErrors.Guard(path, () => CopyMode(target, output.Path, OwnersWork));
        write(output.Path);
        OutputErrors.Guard(path, () => CopyModes(target, output.Path));
        RequireSame(path, before);
        output.Commit();
        if (!Directory.Exists(output.Path)) return;
        throw new KindredException(ErrorKind.Output, "old_files_left",
            $"{path} is rewritten, but its old files could not be removed: they are all in {output.Path}.", "Remove that folder.")
        {
            Values = new Dictionary<string, object?> { ["path"] = path, ["left"] = output.Path },
        };
    }

    /// <summary>Writes a file, and replaces an old one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes it to the given path, which has the same ending.</param>
    /// <exception cref="KindredException">It cannot be written or replaced.</exception>
    public static void ReplaceFile(string path, Action<string> write)
    {
        var target = RealPath(path);
        var temporary = TemporaryName.OfFile(target);
        try
        {
            OutputErrors.Guard(path, () =>
            {
                write(temporary);
                CopyMode(target, temporary);
                File.Move(temporary, target, overwrite: true);
            });
        }
        catch
        {
            Delete(temporary);
            throw;
        }
    }

    private static string RealPath(string path)
    {
        var full = TemporaryName.Normalise(path);
        if (new FileInfo(full).LinkTarget is null) return full;
        return OutputErrors.Guard(path, () => File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName);
    }

    private static void RequireSame(string path, FolderManifest before)
    {
        if (FolderManifest.VersionOf(path) == before.Version) return;
        throw new KindredException(ErrorKind.Output, "replaced_meanwhile",
            $"{path} was replaced by another run while it was rewritten, and is left as that run made it.", "Do the same again.")
        {
            Values = new Dictionary<string, object?> { ["path"] = path },
        };
    }

    private static void CopyModes(string from, string to)
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries(to, "*", SearchOption.AllDirectories))
        {
            CopyMode(Path.Combine(from, Path.GetRelativePath(to, entry)), entry);
        }

        CopyMode(from, to);
    }

    private static void CopyMode(string from, string to, UnixFileMode besides = UnixFileMode.None)
    {
        if (!OperatingSystem.IsWindows() && Path.Exists(from)) File.SetUnixFileMode(to, File.GetUnixFileMode(from) | besides);
    }

    // Cleaning up must not hide the error that made it necessary.
    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }
}
