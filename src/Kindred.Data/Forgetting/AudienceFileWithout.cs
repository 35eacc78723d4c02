using System.Globalization;
using System.Text;
using Kindred.Data.Audiences;
using Kindred.Data.Folders;
using Kindred.Data.Forgotten;
using Kindred.Data.Tables;
using Kindred.Populations;

namespace Kindred.Data.Forgetting;

/// <summary>Removes forgotten users from an exported audience; the users after them move up.</summary>
internal static class AudienceFileWithout
{
    private static readonly string[] _columns = ["user_id", "score", "rank"];
    private static readonly string[] _withoutScores = ["user_id", "rank"];

    /// <summary>Rewrites a file of <see cref="AudienceWriter"/> in place.</summary>
    /// <returns>The number of removed users; with none the file is left as it is.</returns>
    /// <exception cref="KindredException">The file is damaged, not an audience, or cannot be written; it stays as it was.</exception>
    public static int Replace(string file, Tombstones tombstones, CancellationToken cancellation = default)
    {
        var removed = Find(file, tombstones, cancellation).Count;
        if (removed > 0) InPlace.ReplaceFile(file, temporary => Write(file, temporary, tombstones, new HashSet<long>(), cancellation));
        return removed;
    }

    /// <summary>Finds the places of forgotten users in a file, from 1, ascending.</summary>
    internal static IReadOnlyList<long> Find(string file, Tombstones tombstones, CancellationToken cancellation)
    {
        var found = new List<long>();
        if (tombstones.Count == 0) return found;
        using var table = Open(file);
        var user = table.RequireIds(_columns[0]);
        for (var place = 1L; table.Read(); place++)
        {
            if (place % 65_536 == 0) cancellation.ThrowIfCancellationRequested();
            if (IsForgotten(table.Utf8(user), tombstones)) found.Add(place);
        }

        return found;
    }

    /// <summary>Writes a file without forgotten users.</summary>
    /// <param name="file">The audience as it is.</param>
    /// <param name="outFile">Where to write.</param>
    /// <param name="tombstones">The forgotten users.</param>
    /// <param name="ranks">New ranks whose users to return.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Those users and their scores.</returns>
    internal static IReadOnlyDictionary<long, (string UserId, float Score)> Write(
        string file, string outFile, Tombstones tombstones, IReadOnlySet<long> ranks, CancellationToken cancellation)
    {
        var wanted = new Dictionary<long, (string, float)>();
        using var table = Open(file);
        var (user, score) = (table.RequireIds(_columns[0]), table.Find(_columns[1]));
        using var writer = new AudienceWriter(outFile, withScores: score >= 0);
        var rank = 0L;
        while (table.Read())
        {
            if (IsForgotten(SpreadsheetText.Id(table, user), tombstones)) continue;
            // The id is read last: its bytes are valid only until the next value is read.
            var value = score >= 0 ? Score(table, score) : float.NaN;
            var id = SpreadsheetText.Id(table, user);
            writer.Write(id, value, ++rank);
            if (ranks.Contains(rank)) wanted[rank] = (Encoding.UTF8.GetString(id), value);
            if (rank % 65_536 == 0) cancellation.ThrowIfCancellationRequested();
        }

        writer.Complete();
        return wanted;
    }

    // An export for spreadsheets has an apostrophe before some ids. A file alone does not say so, and an id that begins so itself is rare.
    internal static bool IsForgotten(ReadOnlySpan<byte> id, Tombstones tombstones) =>
        (id.Length <= IdList.MaxBytes && tombstones.Contains(id))
            || (SpreadsheetText.Original(id) is var original && original.Length < id.Length && tombstones.Contains(original));

    private static TableReader Open(string file)
    {
        var table = TableReader.Open(file);
        if (table.Columns.SequenceEqual(_columns, StringComparer.Ordinal)
            || table.Columns.SequenceEqual(_withoutScores, StringComparer.Ordinal))
        {
            return table;
        }

        table.Dispose();
        throw new KindredException(ErrorKind.BadInput, "not_an_audience",
            $"{file} is not an audience that Kindred exported, and is left as it is: " +
            $"its columns are {string.Join(", ", table.Columns.Take(20))}, " +
            $"but those of an audience are {string.Join(", ", _columns)}, or without score.",
            "Remove the users from it yourself.")
        {
            Values = new Dictionary<string, object?> { ["file"] = file },
        };
    }

    // Parsed as float32: by way of a double, the last bit could be rounded twice.
    private static float Score(TableReader table, int column) =>
        float.TryParse(table.Utf8(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var score)
            ? score
            : throw table.Error(column, $"{TableReader.Shorten(table.Utf8(column))} is not a number", "Export the audience again",
                RowProblem.NotANumber);
}
