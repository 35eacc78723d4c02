namespace Kindred.Data.Folders;

/// <summary>Gives a file a second name.</summary>
internal static class FileLink
{
    /// <summary>Links a file if the file system can, and copies it otherwise.</summary>
    /// <remarks>Linked files share their bytes: neither may be written to in place, only replaced.</remarks>
    public static void Create(string from, string to)
    {
        var source = File.ResolveLinkTarget(from, returnFinalTarget: true)?.FullName ?? from;
        // A link fails across file systems, with too many links, or on another owner's file.
        if (OperatingSystem.IsWindows() || SystemCalls.Link(source, to) != 0) File.Copy(source, to);
    }
}
