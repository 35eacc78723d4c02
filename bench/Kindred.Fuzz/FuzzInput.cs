namespace Kindred.Fuzz;

/// <summary>What a reader is given: one file, or a folder of files.</summary>
/// <param name="Name">The name of the file or folder.</param>
/// <param name="Files">Bytes by path within the folder; of a single file by its name.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
public sealed record FuzzInput(string Name, SortedDictionary<string, byte[]> Files, bool IsFolder)
{
    /// <summary>Reads a case of the corpus.</summary>
    /// <param name="path">A file, or a folder.</param>
    public static FuzzInput Load(string path)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        var isFolder = Directory.Exists(path);
        foreach (var file in isFolder ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories) : [path])
        {
            files[isFolder ? Path.GetRelativePath(path, file) : Path.GetFileName(file)] = File.ReadAllBytes(file);
        }

        return new FuzzInput(Path.GetFileName(path), files, isFolder);
    }

    /// <summary>How many bytes all files have.</summary>
    public long Bytes => Files.Values.Sum(bytes => (long)bytes.Length);

    /// <summary>Where it lies in a folder for work: what a reader is given.</summary>
    /// <param name="work">That folder.</param>
    public string PathIn(string work) => Path.Combine(work, Name);

    /// <summary>Writes all files.</summary>
    /// <param name="work">The folder for work.</param>
    public void Write(string work)
    {
        foreach (var (path, bytes) in Files)
        {
            var file = FileIn(work, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, bytes);
        }
    }

    /// <summary>Where one of its files lies.</summary>
    /// <param name="work">The folder for work.</param>
    /// <param name="path">The file's path within the input.</param>
    public string FileIn(string work, string path) => IsFolder ? Path.Combine(work, Name, path) : Path.Combine(work, path);
}
