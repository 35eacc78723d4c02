namespace Kindred.Fuzz;

/// <summary>Something that reads.</summary>
/// <param name="Name">What it is called, and its folder of the corpus.</param>
/// <param name="Read">Reads a file or folder. It may throw <see cref="KindredException"/> and nothing else.</param>
/// <param name="Tokens">Pieces of text that mean something to it.</param>
/// <param name="Elsewhere">Cases outside the corpus, relative to the repository.</param>
public sealed record FuzzTarget(string Name, Action<string> Read, IReadOnlyList<string> Tokens, params IReadOnlyList<string> Elsewhere)
{
    /// <summary>Its cases.</summary>
    /// <param name="repository">The repository's folder.</param>
    public IReadOnlyList<FuzzInput> Corpus(string repository)
    {
        var own = Path.Combine(repository, "bench", "Kindred.Fuzz", "corpus", Name);
        IEnumerable<string> paths = Directory.Exists(own) ? Directory.EnumerateFileSystemEntries(own).Order(StringComparer.Ordinal) : [];
        return [.. paths.Concat(Elsewhere.Select(path => Path.Combine(repository, path))).Select(FuzzInput.Load)];
    }
}
