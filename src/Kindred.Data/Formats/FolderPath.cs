using Kindred.Data.Folders;

namespace Kindred.Data.Formats;

/// <summary>Folders to look at, and those that are kept in them.</summary>
internal static class FolderPath
{
    /// <summary>Throws unless there is a folder that can be looked into: what may not be read must not be called damaged.</summary>
    public static void Require(string folder)
    {
        if (Directory.Exists(folder))
        {
            RequireReadable(folder);
            return;
        }

        throw new KindredException(ErrorKind.BadInput, File.Exists(folder)
            ? $"{folder} is a file, not a folder. Give the folder that it is in."
            : $"{folder}: there is no such folder. Check the path; a relative one starts at the current folder.");
    }

    private static void RequireReadable(string folder)
    {
        try
        {
            foreach (var inner in Directory.EnumerateDirectories(folder)) _ = Directory.EnumerateFileSystemEntries(inner).Any();
            var manifest = Path.Combine(folder, FolderManifest.FileName);
            if (File.Exists(manifest)) File.OpenRead(manifest).Dispose();
        }
        catch (UnauthorizedAccessException error)
        {
            throw new KindredException(ErrorKind.BadInput, $"{folder} cannot be looked into ({error.Message.TrimEnd('.')}), so nothing is known to be wrong with it. Ask for the permission to read all that is in it, or run as its owner.", error);
        }
        catch (IOException)
        {
            // That is a damage, and told by whoever reads the file.
        }
    }

    /// <summary>Folders of ours inside, by ordinal name: what was kept there later, and the parts of a demo.</summary>
    public static IEnumerable<string> Inner(string folder, FolderManifest? manifest) => manifest is null
        ? []
        : Directory.EnumerateDirectories(folder).Where(FolderManifest.IsOurs).Order(StringComparer.Ordinal);
}
