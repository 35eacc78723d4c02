namespace Kindred.Cli.Tests.Conformance;

/// <summary>The source files of the product.</summary>
internal static class SourceFiles
{
    /// <summary>The path in the repository and the text of every C# file under src.</summary>
    public static IReadOnlyList<(string Path, string Text)> All { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'), Text: File.ReadAllText(file).ReplaceLineEndings("\n")))
            .Where(file => !file.Path.Contains("/obj/", StringComparison.Ordinal) && !file.Path.Contains("/bin/", StringComparison.Ordinal))
            .OrderBy(file => file.Path, StringComparer.Ordinal),
    ];
}
