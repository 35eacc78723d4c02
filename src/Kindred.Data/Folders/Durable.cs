using Microsoft.Win32.SafeHandles;

namespace Kindred.Data.Folders;

/// <summary>Waits until files and folders are on the disk, so that a power cut cannot take them back.</summary>
/// <remarks>.NET's own flush to the disk does not report every error, and it cannot flush folders, whose entries are the names of new
/// files. On Windows the file system keeps names in order by itself.</remarks>
internal static class Durable
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Only the owner may read, write and enter.</summary>
    public const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;

    // A file waits for the disk, not for a processor: the disk writes many at once.
    private const int FilesAtATime = 8;

    /// <summary>Makes a folder with everything in it durable; its own name is durable only after <see cref="SyncFolder"/> of its
    /// parent.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="keepModes">False to let only the owner read and write.</param>
    /// <exception cref="IOException">The disk failed.</exception>
    public static void SyncTree(string folder, bool keepModes = false)
    {
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToArray();
        Parallel.ForEach(files, new ParallelOptions { MaxDegreeOfParallelism = FilesAtATime }, file => SyncFile(file, keepModes));
        foreach (var inner in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).Append(folder))
        {
            if (!keepModes && !OperatingSystem.IsWindows()) File.SetUnixFileMode(inner, OwnersFolder);
            SyncFolder(inner);
        }
    }

    /// <summary>Makes a file durable.</summary>
    /// <param name="path">The file.</param>
    /// <param name="keepMode">False to let only the owner read and write.</param>
    /// <exception cref="IOException">The disk failed.</exception>
    public static void SyncFile(string path, bool keepMode = false)
    {
        using var file = OpenFile(path);

        // Most files with several names have the mode already; setting it again would change the file for nothing.
        if (!keepMode && !OperatingSystem.IsWindows() && File.GetUnixFileMode(file) != OwnersFile) File.SetUnixFileMode(file, OwnersFile);
        Sync(file, path);
    }

    /// <summary>Makes an open file durable.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public static void Sync(SafeFileHandle file, string path)
    {
        if (OperatingSystem.IsWindows()) RandomAccess.FlushToDisk(file);
        else SystemCalls.Sync(file, path);
    }

    /// <summary>Makes the names in a folder durable: files that were created, renamed or deleted.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        using var opened = SystemCalls.Open(folder);
        SystemCalls.Sync(opened, folder);
    }

    /// <summary>Creates a folder and its missing parents, durable and private to their owner; existing ones stay as they are.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public static void CreateFolder(string folder)
    {
        if (Directory.Exists(folder)) return;
        var parent = Path.GetDirectoryName(folder);
        if (parent is not null) CreateFolder(parent);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OwnersFolder);
        if (parent is not null) SyncFolder(parent);
    }

    private static SafeFileHandle OpenFile(string path) => OperatingSystem.IsWindows()
        ? File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite)
        : SystemCalls.Open(path);
}
