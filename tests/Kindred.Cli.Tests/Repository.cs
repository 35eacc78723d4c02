namespace Kindred.Cli.Tests;

/// <summary>The checkout that the tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>Returns the text between the first <paramref name="start"/> and the next <paramref name="end"/>, or null.</summary>
    public static string? Between(string text, string start, string end)
    {
        text = text.ReplaceLineEndings("\n");
        var from = text.IndexOf(start, StringComparison.Ordinal);
        return from < 0 ? null : text[(from + start.Length)..text.IndexOf(end, from + start.Length, StringComparison.Ordinal)];
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Kindred.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside a checkout.");
    }
}
