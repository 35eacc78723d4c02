namespace Kindred.Cli.Tests;

/// <summary>Reads all files and folders below a folder, including hidden ones, with the files' bytes.</summary>
public static class FolderContents
{
    /// <summary>Returns file contents as text by relative path; folders end in '/' and have no contents.</summary>
    public static SortedDictionary<string, string> Of(string folder)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFileSystemEntries(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
        {
            var name = Path.GetRelativePath(folder, path);
            if (Directory.Exists(path)) found[name + "/"] = "";
            else found[name] = HashOf(path);
        }

        return found;
    }

    // Sharing everything takes no lock: a process that is being started may hold the file of a lock for a moment.
    private static string HashOf(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(file));
    }

    /// <summary>Asserts that two folders have the same files with the same bytes.</summary>
    public static void AssertSame(string expected, string actual)
    {
        var contents = Of(expected);
        Assert.NotEmpty(contents);
        Assert.Equal(contents, Of(actual));
    }

    /// <summary>Returns the names of files that are in both folders and differ.</summary>
    public static IReadOnlyList<string> Differences(string one, string other)
    {
        var others = Of(other);
        return [.. Of(one).Where(entry => others.TryGetValue(entry.Key, out var bytes) && bytes != entry.Value).Select(entry => entry.Key)];
    }
}
