using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace Kindred.Data.Folders;

/// <summary>A folder beside an output, private to its owner, in which the output is written until it is whole.</summary>
/// <remarks>It is locked while its process lives. A later command that finds it unlocked knows that its process was killed, and deletes
/// it: it may hold personal data that nobody would delete otherwise.</remarks>
internal sealed class PendingFolder : IDisposable
{
    private SafeFileHandle? _lock;

    private PendingFolder(string path, SafeFileHandle? locked)
    {
        Path = path;
        _lock = locked;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Creates a folder beside an output.</summary>
    /// <param name="target">The output's full path.</param>
    /// <exception cref="IOException">It cannot be created.</exception>
    public static PendingFolder Beside(string target)
    {
        var parent = System.IO.Path.GetDirectoryName(target)!;
        if (!Directory.Exists(parent)) throw new DirectoryNotFoundException($"There is no folder {parent}.");
        while (true)
        {
            var path = TemporaryName.Of(target);
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
                return new PendingFolder(path, null);
            }

            Directory.CreateDirectory(path, Durable.OwnersFolder);
            if (TryLock(path) is (not SystemCalls.LockState.Busy, var held) && Directory.Exists(path)) return new PendingFolder(path, held);

            // Another command took the new folder for an abandoned one before it was locked.
        }
    }

    /// <summary>Deletes what killed commands left in a folder. What cannot be deleted, or may be in use, stays.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    public static void DeleteAbandoned(string folder)
    {
        try
        {
            foreach (var (path, process) in TemporaryName.In(folder))
            {
                if (process != Environment.ProcessId ? IsRunning(process) : OperatingSystem.IsWindows()) continue;

                // The lock decides, also between containers, which do not see each other's processes; without locks nothing is certain.
                var (state, held) = OperatingSystem.IsWindows() ? (SystemCalls.LockState.Held, null) : TryLock(path);
                using (held)
                {
                    if (state == SystemCalls.LockState.Held) DeleteOrRestore(path);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be listed cannot be cleaned; the command's own work will say what is wrong with it.
        }
    }

    /// <summary>Gives up the folder: it is no longer temporary, or deleted by the caller.</summary>
    public void Release()
    {
        _lock?.Dispose();
        _lock = null;
    }

    /// <summary>Deletes the folder.</summary>
    public void Dispose()
    {
        TryDelete(Path);
        Release();
    }

    /// <summary>Deletes a file or folder if that is possible: cleaning up must not hide the error that made it necessary.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
            else File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static (SystemCalls.LockState State, SafeFileHandle? Held) TryLock(string path)
    {
        SafeFileHandle file;
        try
        {
            file = SystemCalls.Open(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (SystemCalls.LockState.Unsupported, null);
        }

        var state = SystemCalls.TryLock(file);
        if (state == SystemCalls.LockState.Held) return (state, file);
        file.Dispose();
        return (state, null);
    }

    // Killed between the renames of an exchange, the output is under its name of the moment before, and nowhere else.
    private static void DeleteOrRestore(string path)
    {
        var output = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, TemporaryName.OutputOf(path));
        if (path.EndsWith(TemporaryName.AsideSuffix, StringComparison.Ordinal) && !System.IO.Path.Exists(output))
        {
            Directory.Move(path, output);
            return;
        }

        TryDelete(path);
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
