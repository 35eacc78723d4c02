using Kindred.Numerics;
using Kindred.Populations;

namespace Kindred.Embeddings;

/// <summary>Turns users' items into items' users.</summary>
internal static class Transposition
{
    /// <summary>The same entries with columns as rows, each with its columns in ascending order.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columnCount">Columns.</param>
    /// <param name="threads">Worker threads; the result does not depend on it.</param>
    /// <param name="cancellation">Stops between parts of the rows.</param>
    public static SparseRows Of(SparseRows rows, int columnCount, int threads, CancellationToken cancellation = default)
    {
        // Every part of the rows counts separately; together the counts take at most half a byte per entry.
        var parts = (int)Math.Clamp(rows.Entries / (8 * Math.Max(1L, columnCount)), 1, threads);
        var firstRows = FirstRows(rows, parts);
        var places = new int[parts][];
        Workers.Run(threads, parts, (part, _) =>
        {
            var counts = places[part] = new int[columnCount];
            var (from, to) = ((int)rows.Starts.Span[firstRows[part]], (int)rows.Starts.Span[firstRows[part + 1]]);
            foreach (var column in rows.Columns.Span[from..to]) counts[column]++;
        }, cancellation);

        // Turns counts into the position of the first entry: by column, and in a column by part, so that rows ascend.
        var starts = new long[columnCount + 1];
        var place = 0;
        for (var column = 0; column < columnCount; column++)
        {
            foreach (var part in places) (part[column], place) = (place, place + part[column]);
            starts[column + 1] = place;
        }

        var columns = new int[rows.Entries];
        var weights = new float[rows.Entries];
        Workers.Run(threads, parts, (part, _) =>
        {
            var next = places[part];
            for (var row = firstRows[part]; row < firstRows[part + 1]; row++)
            {
                var from = rows.ColumnsOf(row);
                var weight = rows.WeightsOf(row);
                for (var i = 0; i < from.Length; i++)
                {
                    var to = next[from[i]]++;
                    columns[to] = row;
                    weights[to] = weight[i];
                }
            }
        }, cancellation);
        return new SparseRows(starts, columns, weights);
    }

    // [parts + 1] where each part starts, about as many entries in each.
    private static int[] FirstRows(SparseRows rows, int parts)
    {
        var first = new int[parts + 1];
        for (var part = 1; part < parts; part++)
        {
            var found = rows.Starts.Span.BinarySearch(rows.Entries * part / parts);
            first[part] = Math.Min(rows.Count, found < 0 ? ~found : found);
        }

        first[parts] = rows.Count;
        return first;
    }
}
