namespace Kindred.Data.Folders;

/// <summary>Rewrites files and folders in one atomic step that leaves no old files behind.</summary>
/// <remarks>New files get the permissions of the old ones. If the path is a link, its target is rewritten.</remarks>
internal static class InPlace
{
    /// <summary>Rewrites a folder that Kindred wrote.</summary>
    /// <param name="path">The folder, which must be there.</param>
    /// <param name="before">Its manifest as it was read: a folder that another process has replaced meanwhile is left alone.</param>
    /// <param name="write">Writes the new folder to the given path.</param>
    /// <exception cref="KindredException">It cannot be written or replaced, or its old files cannot be removed.</exception>
    public static void ReplaceFolder(string path, FolderManifest before, Action<string> write)
    {
        var target = RealPath(path);
        using var output = OutputFolder.Create(target, replace: true, before.Format);
        write(output.Path);
        RequireSame(path, before);
        output.CommitWith(folder =>
        {
            CopyModes(target, folder);
            Durable.SyncTree(folder, keepModes: true);
        });
    }

    /// <summary>Writes a file, and replaces an old one; it is on the disk when this returns.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes it to the given path, which has the same name in another folder.</param>
    /// <exception cref="KindredException">It cannot be written or replaced.</exception>
    public static void ReplaceFile(string path, Action<string> write)
    {
        using var file = PendingFile.Create(RealPath(path), replace: true);
        OutputErrors.Guard(path, () => write(file.Path));
        file.Commit();
    }

    /// <summary>Writes bytes to a file, and replaces an old one; it is on the disk when this returns.</summary>
    /// <exception cref="KindredException">It cannot be written or replaced.</exception>
    public static void ReplaceFile(string path, byte[] bytes) => ReplaceFile(path, file => File.WriteAllBytes(file, bytes));

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

    private static void CopyMode(string from, string to)
    {
        if (!OperatingSystem.IsWindows() && Path.Exists(from)) File.SetUnixFileMode(to, File.GetUnixFileMode(from));
    }
}
