using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Kindred.Data.Folders;

/// <summary>Calls of Unix that .NET does not offer, or whose errors it hides: <c>fsync</c>, <c>flock</c>, <c>renameat2</c>,
/// <c>link</c>.</summary>
internal static partial class SystemCalls
{
    private const string Library = "libc";

    private const int ReadOnly = 0;
    private const int ReadAndWrite = 2;
    private const int CreateIfMissing = 0x40;
    private const int CreateIfMissingOfMac = 0x200;
    private const int CloseOnExec = 0x80000;
    private const int CloseOnExecOfMac = 0x1000000;
    private const int OwnersFile = 0x180;
    private const int LockExclusive = 2;
    private const int LockWithoutWaiting = 4;
    private const int WouldBlock = 11;
    private const int WouldBlockOfMac = 35;

    // From errno.h; the same numbers on every Linux and macOS that .NET runs on.
    private const int Invalid = 22;
    private const int NotPermitted = 1;
    private const int NoAccess = 13;

    // Resolved as the runtime's own calls are, so that a library loaded before libc sees both alike.
    static SystemCalls() => NativeLibrary.SetDllImportResolver(typeof(SystemCalls).Assembly, Resolve);

    /// <summary>The result of an attempt to lock a file or folder.</summary>
    public enum LockState
    {
        /// <summary>The lock is held until the handle is closed or the process ends.</summary>
        Held,

        /// <summary>Another handle holds it, in this process or another.</summary>
        Busy,

        /// <summary>The file system does not lock.</summary>
        Unsupported,
    }

    /// <summary>Opens a file or folder for reading, to sync or to lock it.</summary>
    /// <exception cref="IOException">It does not exist or cannot be opened.</exception>
    public static SafeFileHandle Open(string path) => Open(path, ReadOnly);

    /// <summary>Opens a file for reading and writing, and creates it if it is missing; unlike .NET it takes no lock.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static SafeFileHandle OpenOrCreate(string path) =>
        Open(path, ReadAndWrite | (OperatingSystem.IsMacOS() ? CreateIfMissingOfMac : CreateIfMissing));

    /// <summary>Waits until a file or folder is on the disk.</summary>
    /// <exception cref="IOException">The disk failed: what was written may be lost.</exception>
    public static void Sync(SafeFileHandle file, string path)
    {
        // Some file systems cannot sync folders, and keep their names in order by themselves.
        if (FSync(file) != 0 && Marshal.GetLastPInvokeError() != Invalid) throw Error(path);
    }

    /// <summary>Locks a file or folder exclusively, without waiting. The system releases the lock when the process ends.</summary>
    public static LockState TryLock(SafeFileHandle file)
    {
        if (FLock(file, LockExclusive | LockWithoutWaiting) == 0) return LockState.Held;
        var error = Marshal.GetLastPInvokeError();
        return error == (OperatingSystem.IsMacOS() ? WouldBlockOfMac : WouldBlock) ? LockState.Busy : LockState.Unsupported;
    }

    private static SafeFileHandle Open(string path, int flags)
    {
        var file = OpenRaw(path, flags | (OperatingSystem.IsMacOS() ? CloseOnExecOfMac : CloseOnExec), OwnersFile);
        return file >= 0 ? new SafeFileHandle(file, ownsHandle: true) : throw Error(path);
    }

    /// <summary>The error of the last call, as .NET would report it.</summary>
    private static Exception Error(string path)
    {
        var error = Marshal.GetLastPInvokeError();
        var message = $"{Marshal.GetPInvokeErrorMessage(error)} : '{path}'";
        return error is NotPermitted or NoAccess ? new UnauthorizedAccessException(message) : new IOException(message, error);
    }

    private static IntPtr Resolve(string library, Assembly assembly, DllImportSearchPath? search) =>
        library == Library && !OperatingSystem.IsWindows() ? NativeLibrary.GetMainProgramHandle() : IntPtr.Zero;

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OpenRaw(string path, int flags, int mode);

    [LibraryImport(Library, EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FSync(SafeFileHandle file);

    [LibraryImport(Library, EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FLock(SafeFileHandle file, int operation);

    /// <summary>Renames with flags; Linux only.</summary>
    [LibraryImport(Library, EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int RenameAt2(int fromFolder, string from, int toFolder, string to, uint flags);

    /// <summary>Gives a file a second name; 0 if it succeeded.</summary>
    [LibraryImport(Library, EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Link(string from, string to);
}
