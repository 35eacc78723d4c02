using Kindred.Data.Folders;

namespace Kindred.Data.Formats;

/// <summary>Finds folders and the folders inside them.</summary>
internal static class FolderPath
{
    /// <summary>Throws unless the folder can be read, so that a folder without permission is not reported as damaged.</summary>
    public static void Require(string folder)
    {
        if (Directory.Exists(folder))
        {
            RequireReadable(folder);
            return;
        }

        throw FolderErrors.NotFound(folder);
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
            throw new KindredException(ErrorKind.BadInput, "folder_not_readable",
                $"{folder} cannot be read ({error.Message.TrimEnd('.')}), so it cannot be said whether it is damaged.",
                "Ask for the permission to read everything in it, or run as its owner.", error)
            {
                Values = new Dictionary<string, object?> { ["folder"] = folder },
            };
        }
        catch (IOException)
        {
            // The reader of the file reports this damage.
        }
    }

    /// <summary>Inner folders that Kindred wrote, by ordinal name: a population's tuning, the parts of a demo.</summary>
    public static IEnumerable<string> Inner(string folder, FolderManifest? manifest) => manifest is null
        ? []
        : Directory.EnumerateDirectories(folder).Where(FolderManifest.IsWrittenByKindred).Order(StringComparer.Ordinal);
}
