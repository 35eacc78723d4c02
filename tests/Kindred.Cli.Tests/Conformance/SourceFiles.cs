namespace Kindred.Cli.Tests.Conformance;

/// <summary>The source files of the product.</summary>
internal static class SourceFiles
{
    // Folders whose errors do not all have a code and neutral words yet.
    private static readonly string[] _notYet = ["src/Kindred/SeedModels/", "src/Kindred/Tuning/"];

    /// <summary>Every C# file under src, by its path in the repository, with its text.</summary>
    public static IReadOnlyList<(string Path, string Text)> All { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'), Text: File.ReadAllText(file).ReplaceLineEndings("\n")))
            .Where(file => !file.Path.Contains("/obj/", StringComparison.Ordinal) && !file.Path.Contains("/bin/", StringComparison.Ordinal))
            .Where(file => !_notYet.Any(folder => file.Path.StartsWith(folder, StringComparison.Ordinal)))
            .OrderBy(file => file.Path, StringComparer.Ordinal),
    ];
}
