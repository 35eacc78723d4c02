using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kindred.Data.Folders;
using Microsoft.Win32.SafeHandles;

namespace Kindred.Pipeline.Store;

/// <summary>The lock of a store. The system releases it when the process ends, in whatever way.</summary>
/// <remarks>.NET's own file locks are advisory and fall away without a word where the file system refuses them or a setting of the
/// environment disables them. This lock is either held or an error.</remarks>
internal sealed class StoreLock : IDisposable
{
    private const string FileName = "LOCK";
    private const int MomentTries = 10;
    private const int MomentMilliseconds = 20;

    private readonly string _folder;
    private readonly SafeFileHandle _file;
    private readonly byte[] _token;

    private StoreLock(string folder, SafeFileHandle file)
    {
        (_folder, _file) = (folder, file);
        _token = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"process {Environment.ProcessId} on {Environment.MachineName}, {RandomNumberGenerator.GetHexString(16, lowercase: true)}\n"));
    }

    private string Path => System.IO.Path.Combine(_folder, FileName);

    /// <summary>Locks a store.</summary>
    /// <exception cref="KindredException">Another run holds the lock, or the file system cannot lock.</exception>
    public static StoreLock Take(string folder)
    {
        var path = System.IO.Path.Combine(folder, FileName);
        var locked = new StoreLock(folder, OperatingSystem.IsWindows() ? OpenExclusively(folder, path) : OpenLocked(folder, path));
        try
        {
            OutputErrors.Guard(path, () =>
            {
                RandomAccess.SetLength(locked._file, 0);
                RandomAccess.Write(locked._file, locked._token, 0);
            });
            locked.RequireHeld();
            return locked;
        }
        catch
        {
            locked.Dispose();
            throw;
        }
    }

    /// <summary>Checks that the lock is still held: right before something is published.</summary>
    /// <exception cref="KindredException">It is not: the lock's file was removed or replaced, or the file system does not lock.</exception>
    public void RequireHeld()
    {
        if (OperatingSystem.IsWindows()) return;
        SafeFileHandle other;
        try
        {
            other = SystemCalls.OpenOrCreate(Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Lost();
        }

        using (other)
        {
            // A second handle must be refused, and must see what this one wrote.
            if (SystemCalls.TryLock(other) != SystemCalls.LockState.Busy) throw Lost();
            var token = new byte[_token.Length + 1];
            if (!token.AsSpan(0, RandomAccess.Read(other, token, 0)).SequenceEqual(_token)) throw Lost();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static SafeFileHandle OpenLocked(string folder, string path)
    {
        var file = OutputErrors.Guard(path, () => SystemCalls.OpenOrCreate(path));
        var state = SystemCalls.TryLock(file);

        // A process that is being started has the handles of its parent for a moment, also that of a lock that was just released.
        for (var left = MomentTries; state == SystemCalls.LockState.Busy && left > 0; left--)
        {
            Thread.Sleep(MomentMilliseconds);
            state = SystemCalls.TryLock(file);
        }

        if (state == SystemCalls.LockState.Held) return file;
        var holder = Holder(file);
        file.Dispose();
        throw state == SystemCalls.LockState.Busy ? Busy(folder, holder, null) : Unsupported(folder);
    }

    private static SafeFileHandle OpenExclusively(string folder, string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error is not DirectoryNotFoundException && File.Exists(path))
        {
            throw Busy(folder, "", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw OutputErrors.CannotWrite(path, error);
        }
    }

    // What the holder wrote, up to its random part.
    private static string Holder(SafeFileHandle file)
    {
        try
        {
            var text = new byte[256];
            return Encoding.UTF8.GetString(text.AsSpan(0, RandomAccess.Read(file, text, 0))).Split(',')[0].Trim();
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static KindredException Busy(string folder, string holder, Exception? inner) => new(ErrorKind.Busy, "store_locked",
        $"{folder} is being changed by another run{(holder.Length > 0 ? $" ({holder})" : "")}.",
        "Wait until it ends, or stop it: the next start continues where it stopped.", inner)
    {
        Values = new Dictionary<string, object?> { ["store"] = folder },
    };

    private static KindredException Unsupported(string folder) => new(ErrorKind.Output, "store_lock_unsupported",
        $"{folder} cannot be locked: its file system does not support locks, so two runs could change it at once.",
        "Put the store on a file system with locks: a local disk, or NFS with its lock service.")
    {
        Values = new Dictionary<string, object?> { ["store"] = folder },
    };

    private KindredException Lost() => new(ErrorKind.Output, "store_lock_lost",
        $"{Path} does not lock the store: the file was removed or replaced while this run held it, or its file system only pretends to " +
        "lock. Nothing was published.",
        "Let nothing touch that file, or put the store on a file system with locks, and do the same again.")
    {
        Values = new Dictionary<string, object?> { ["store"] = _folder },
    };
}
