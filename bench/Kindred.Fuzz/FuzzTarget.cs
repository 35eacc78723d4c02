namespace Kindred.Fuzz;

/// <summary>A reader to fuzz.</summary>
/// <param name="Name">The reader's name, which is also its folder in the corpus.</param>
/// <param name="Read">Reads a file or folder. It may throw only <see cref="KindredException"/>.</param>
/// <param name="Tokens">Text fragments that have a meaning in the format.</param>
/// <param name="Elsewhere">Paths of cases outside the corpus, relative to the repository.</param>
public sealed record FuzzTarget(string Name, Action<string> Read, IReadOnlyList<string> Tokens, params IReadOnlyList<string> Elsewhere)
{
    /// <summary>Reads the reader's cases.</summary>
    /// <param name="repository">The repository's folder.</param>
    public IReadOnlyList<FuzzInput> Corpus(string repository)
    {
        var own = Path.Combine(repository, "bench", "Kindred.Fuzz", "corpus", Name);
        IEnumerable<string> paths = Directory.Exists(own) ? Directory.EnumerateFileSystemEntries(own).Order(StringComparer.Ordinal) : [];
        return [.. paths.Concat(Elsewhere.Select(path => Path.Combine(repository, path))).Select(FuzzInput.Load)];
    }
}
