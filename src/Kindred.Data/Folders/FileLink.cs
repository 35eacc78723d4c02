using System.Runtime.InteropServices;

namespace Kindred.Data.Folders;

/// <summary>Gives the bytes of a file a second name.</summary>
internal static partial class FileLink
{
    /// <summary>Links a file where the file system can, and copies it elsewhere.</summary>
    /// <remarks>Linked files are the same bytes under two names: neither may be written to in place, only replaced.</remarks>
    public static void Create(string from, string to)
    {
        var source = File.ResolveLinkTarget(from, returnFinalTarget: true)?.FullName ?? from;
        // Other file systems, too many links, or a file of somebody else: a copy does as well.
        if (OperatingSystem.IsWindows() || Link(source, to) != 0) File.Copy(source, to);
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string from, string to);
}
