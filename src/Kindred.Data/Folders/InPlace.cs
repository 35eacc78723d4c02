namespace Kindred.Data.Folders;

/// <summary>Rewrites what is there in one atomic step, and leaves nothing of what was there before.</summary>
/// <remarks>The new files may be read by whom the old ones might be. Where the path is a link, what it leads to is rewritten.</remarks>
internal static class InPlace
{
    private const UnixFileMode OwnersWork = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Rewrites a folder of ours.</summary>
    /// <param name="path">The folder, which must be there.</param>
    /// <param name="before">Its manifest, as it was read: a folder that somebody else has replaced meanwhile is left alone.</param>
    /// <param name="write">Writes the new one under the name that it is given.</param>
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
        throw new KindredException(ErrorKind.Output,
            $"{path} is rewritten, but what was there before could not be removed and stands in {output.Path}, with all that it held. Remove that folder.");
    }

    /// <summary>Writes a file, new or in the place of an old one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes it under the name that it is given, which has the same ending.</param>
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
        throw new KindredException(ErrorKind.Output,
            $"{path} was replaced by another run while it was rewritten, and is left as that run made it. Run the same command again.");
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
