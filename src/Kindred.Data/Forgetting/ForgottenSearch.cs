using System.Text;
using System.Text.Json;
using Kindred.Data.Forgotten;
using Kindred.Data.Numpy;
using Kindred.Data.Tables;

namespace Kindred.Data.Forgetting;

/// <summary>Finds the files of a folder that hold the id of a forgotten user.</summary>
/// <remarks>These are the places where Kindred writes ids: the column <c>user_id</c> of tables, the arrays <c>user_ids.npy</c>, and values of
/// JSON whose name says "user". Ids of items and lists may be the same text, and are not looked at. A file that cannot be read counts as
/// one that may hold a user.</remarks>
internal static class ForgottenSearch
{
    /// <summary>The column of ids in the tables that Kindred writes.</summary>
    public const string UserColumn = "user_id";

    private static readonly string[] _tables = [".csv", ".csv.gz", ".jsonl", ".jsonl.gz", ".parquet"];

    /// <summary>Searches a file or folder, with the folders inside.</summary>
    /// <returns>The files, by ordinal path; empty if there are no forgotten users.</returns>
    public static IReadOnlyList<string> Run(string path, Tombstones tombstones, CancellationToken cancellation = default)
    {
        if (tombstones.Count == 0) return [];
        string[] files = File.Exists(path) ? [path]
            : [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        var holds = new bool[files.Length];
        Parallel.For(0, files.Length, new ParallelOptions { CancellationToken = cancellation },
            i => holds[i] = Holds(files[i], tombstones, cancellation));
        return [.. files.Where((_, i) => holds[i])];
    }

    private static bool Holds(string file, Tombstones tombstones, CancellationToken cancellation)
    {
        try
        {
            if (_tables.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase))) return InTable(file, tombstones, cancellation);
            if (Path.GetFileName(file) == "user_ids.npy") return InArray(file, tombstones);
            return file.EndsWith(".json", StringComparison.Ordinal) && InJson(File.ReadAllBytes(file), tombstones);
        }
        catch (Exception error) when (error is KindredException or IOException or UnauthorizedAccessException or JsonException)
        {
            return new FileInfo(file).Length > 0;
        }
    }

    private static bool InTable(string file, Tombstones tombstones, CancellationToken cancellation)
    {
        using var table = TableReader.Open(file);
        if (!table.Columns.Contains(UserColumn)) return false;
        var user = table.Require(UserColumn);
        for (var row = 0L; table.Read(); row++)
        {
            if (row % 65_536 == 0) cancellation.ThrowIfCancellationRequested();
            if (AudienceFileWithout.IsForgotten(table.Utf8(user), tombstones)) return true;
        }

        return false;
    }

    private static bool InArray(string file, Tombstones tombstones)
    {
        using var bytes = NpyFile.Map<byte>(file);
        using var offsets = NpyFile.Map<long>(Path.Combine(Path.GetDirectoryName(file)!, "user_id_offsets.npy"));
        var utf8 = bytes.Memory.Span;
        var ends = offsets.Memory.Span;
        for (var i = 1; i < ends.Length; i++)
        {
            if (tombstones.Contains(utf8[(int)ends[i - 1]..(int)ends[i]])) return true;
        }

        return false;
    }

    // A value counts by the name of the innermost property around it, also in a list.
    private static bool InJson(byte[] json, Tombstones tombstones)
    {
        var reader = new Utf8JsonReader(json);
        var ofUsers = false;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                ofUsers = reader.GetString()!.Contains("user", StringComparison.OrdinalIgnoreCase);
            }
            else if (ofUsers && reader.TokenType == JsonTokenType.String
                && tombstones.Contains(reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan))
            {
                return true;
            }
        }

        return false;
    }
}
