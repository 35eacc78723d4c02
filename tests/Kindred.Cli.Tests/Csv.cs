namespace Kindred.Cli.Tests;

/// <summary>A simple CSV reader, so that tests do not rely on the code under test.</summary>
public static class Csv
{
    public static IEnumerable<IReadOnlyDictionary<string, string>> Read(string file) => Parse(File.ReadLines(file));

    public static IEnumerable<IReadOnlyDictionary<string, string>> Parse(string text) => Parse(text.Split('\n', StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<IReadOnlyDictionary<string, string>> Parse(IEnumerable<string> lines)
    {
        var header = lines.First().Split(',');
        return lines.Skip(1).Select(line => header.Zip(line.Split(',')).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal));
    }
}
