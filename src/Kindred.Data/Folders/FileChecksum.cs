using System.IO.Hashing;

namespace Kindred.Data.Folders;

/// <summary>Hashes files and compares them with a manifest.</summary>
internal static class FileChecksum
{
    public static ManifestFile Describe(string folder, string path)
    {
        using var stream = Open(Path.Combine(folder, path));
        var (bytes, checksum) = Hash(stream);
        return new ManifestFile(path, bytes, checksum);
    }

    /// <exception cref="KindredException">A file is missing or differs from the manifest; the message names it.</exception>
    public static void Verify(string folder, string format, IReadOnlyList<ManifestFile> files, string remedy, bool checksums)
    {
        // The first damaged file in the order of the list, whichever thread finds one first.
        var problems = FindProblems(folder, files, checksums);
        if (Array.FindIndex(problems, problem => problem is not null) is >= 0 and var first)
        {
            throw FolderErrors.Damaged(format, Path.Combine(folder, files[first].Path), problems[first]!, remedy);
        }
    }

    /// <summary>The problems of the files that differ from the manifest, in the manifest's order.</summary>
    public static IReadOnlyList<string> Problems(string folder, IReadOnlyList<ManifestFile> files, bool checksums) =>
        [.. FindProblems(folder, files, checksums).OfType<string>()];

    private static string?[] FindProblems(string folder, IReadOnlyList<ManifestFile> files, bool checksums)
    {
        var problems = new string?[files.Count];
        Parallel.For(0, files.Count, i => problems[i] = Problem(folder, files[i], checksums));
        return problems;
    }

    private static string? Problem(string folder, ManifestFile file, bool checksum)
    {
        var path = Path.Combine(folder, file.Path);
        try
        {
            if (!File.Exists(path)) return $"{path} is missing, though the manifest lists it";
            using var stream = Open(path);
            if (stream.Length != file.Bytes)
            {
                return $"{path} has {stream.Length:N0} bytes, but the manifest says {file.Bytes:N0}: it is damaged or incomplete";
            }

            return checksum && Hash(stream).Checksum != file.Checksum ? $"{path} is damaged: its checksum is not the one in the manifest"
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"{path} cannot be read ({error.Message.TrimEnd('.')})";
        }
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);

    private static (long Bytes, string Checksum) Hash(FileStream stream)
    {
        var hash = new XxHash128();
        var buffer = new byte[1 << 18];
        var bytes = 0L;
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            hash.Append(buffer.AsSpan(0, read));
            bytes += read;
        }

        return (bytes, Convert.ToHexStringLower(hash.GetCurrentHash()));
    }
}
