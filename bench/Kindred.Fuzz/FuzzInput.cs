namespace Kindred.Fuzz;

/// <summary>A reader's input: one file, or a folder of files.</summary>
/// <param name="Name">The name of the file or folder.</param>
/// <param name="Files">Bytes by path within the folder; a single file by its name.</param>
/// <param name="IsFolder">True for a folder, false for a single file.</param>
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

    /// <summary>The total size of all files, in bytes.</summary>
    public long Bytes => Files.Values.Sum(bytes => (long)bytes.Length);

    /// <summary>Returns the input's path within the working folder, which the reader receives.</summary>
    /// <param name="work">The working folder.</param>
    public string PathIn(string work) => Path.Combine(work, Name);

    /// <summary>Writes all files.</summary>
    /// <param name="work">The working folder.</param>
    public void Write(string work)
    {
        foreach (var (path, bytes) in Files)
        {
            var file = FileIn(work, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, bytes);
        }
    }

    /// <summary>Returns the path of one of the files within the working folder.</summary>
    /// <param name="work">The working folder.</param>
    /// <param name="path">The file's path within the input.</param>
    public string FileIn(string work, string path) => IsFolder ? Path.Combine(work, Name, path) : Path.Combine(work, path);
}
