using System.Text;
using Kindred.Data.Tables;

namespace Kindred.Data.Tests.Forgetting;

/// <summary>Searches every byte of a folder, including the content of its compressed files.</summary>
internal static class Traces
{
    /// <summary>Every file with its bytes.</summary>
    public static SortedDictionary<string, byte[]> Files(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(path => Path.GetRelativePath(folder, path), File.ReadAllBytes),
        StringComparer.Ordinal);

    public static void AssertSame(IReadOnlyDictionary<string, byte[]> expected, IReadOnlyDictionary<string, byte[]> found)
    {
        Assert.Equal(expected.Keys, found.Keys);
        foreach (var (path, bytes) in expected) Assert.True(bytes.AsSpan().SequenceEqual(found[path]), $"{path} differs.");
    }

    /// <summary>Finds the files that hold some bytes, plain or in the text of a table.</summary>
    public static string[] Of(byte[] bytes, string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Contents(file).Any(content => content.AsSpan().IndexOf(bytes) >= 0))];

    public static string[] Of(string id, string folder) => Of(Encoding.UTF8.GetBytes(id), folder);

    private static IEnumerable<byte[]> Contents(string file)
    {
        yield return File.ReadAllBytes(file);
        if (!file.EndsWith(".parquet", StringComparison.Ordinal) && !file.EndsWith(".gz", StringComparison.Ordinal)) yield break;
        using var table = TableReader.Open(file);
        foreach (var column in table.Columns) table.Require(column);
        while (table.Read())
        {
            for (var i = 0; i < table.Columns.Count; i++) yield return table.Utf8(i).ToArray();
        }
    }
}
