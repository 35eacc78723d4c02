using System.Runtime.InteropServices;

namespace Kindred.Data.Folders;

/// <summary>Renames in one atomic step that never replaces anything by accident.</summary>
internal static class AtomicRename
{
    private const int CurrentFolder = -100;
    private const uint NoReplaceFlag = 1;
    private const uint ExchangeFlag = 2;

    // From errno.h; the same numbers on every Linux that .NET runs on.
    private const int Exists = 17;
    private const int NotEmpty = 39;
    private const int Invalid = 22;
    private const int NoSuchCall = 38;
    private const int NotSupported = 95;

    /// <summary>Gives a file or folder its final name; false if something has that name already.</summary>
    public static bool TryMove(string from, string to)
    {
        if (TryRename(from, to, NoReplaceFlag, out var error)) return true;
        if (error is Exists or NotEmpty) return false;

        // On other systems a name could be taken between the check and the rename; a plain file is still never replaced.
        if (Path.Exists(to)) return false;
        if (Directory.Exists(from)) Directory.Move(from, to);
        else File.Move(from, to, overwrite: false);
        return true;
    }

    /// <summary>Swaps two folders.</summary>
    public static void Exchange(string from, string to)
    {
        if (TryRename(from, to, ExchangeFlag, out _)) return;
        var aside = from + TemporaryName.AsideSuffix;
        Directory.Move(to, aside);
        Directory.Move(from, to);
        Directory.Move(aside, from);
    }

    private static bool TryRename(string from, string to, uint flags, out int error)
    {
        error = NoSuchCall;
        if (!OperatingSystem.IsLinux()) return false;
        try
        {
            if (SystemCalls.RenameAt2(CurrentFolder, from, CurrentFolder, to, flags) == 0) return true;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }

        error = Marshal.GetLastPInvokeError();
        return error is Exists or NotEmpty or Invalid or NoSuchCall or NotSupported
            ? false
            : throw new IOException(Marshal.GetPInvokeErrorMessage(error));
    }
}
