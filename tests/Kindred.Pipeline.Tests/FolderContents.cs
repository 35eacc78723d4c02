namespace Kindred.Pipeline.Tests;

/// <summary>All files and folders below a folder, hidden ones too, with the bytes of the files.</summary>
public static class FolderContents
{
    /// <summary>Relative path to bytes as text; a folder ends in '/' and has no bytes.</summary>
    public static SortedDictionary<string, string> Of(string folder)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFileSystemEntries(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
        {
            var name = Path.GetRelativePath(folder, path);
            if (Directory.Exists(path)) found[name + "/"] = "";
            else found[name] = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)));
        }

        return found;
    }

    /// <summary>The same files with the same bytes.</summary>
    public static void AssertSame(string expected, string actual)
    {
        var contents = Of(expected);
        Assert.NotEmpty(contents);
        Assert.Equal(contents, Of(actual));
    }

    /// <summary>The names of files that are in both folders and differ.</summary>
    public static IReadOnlyList<string> Differences(string one, string other)
    {
        var others = Of(other);
        return [.. Of(one).Where(entry => others.TryGetValue(entry.Key, out var bytes) && bytes != entry.Value).Select(entry => entry.Key)];
    }
}
