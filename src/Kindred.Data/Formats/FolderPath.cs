using Kindred.Data.Folders;

namespace Kindred.Data.Formats;

/// <summary>Folders to look at, and those that are kept in them.</summary>
internal static class FolderPath
{
    public static void Require(string folder)
    {
        if (Directory.Exists(folder)) return;
        throw new KindredException(ErrorKind.BadInput, File.Exists(folder)
            ? $"{folder} is a file, not a folder. Give the folder that it is in."
            : $"{folder}: there is no such folder. Check the path; a relative one starts at the current folder.");
    }

    /// <summary>Folders of ours inside, by ordinal name: what was kept there later, and the parts of a demo.</summary>
    public static IEnumerable<string> Inner(string folder, FolderManifest? manifest) => manifest is null
        ? []
        : Directory.EnumerateDirectories(folder).Where(FolderManifest.IsOurs).Order(StringComparer.Ordinal);
}
