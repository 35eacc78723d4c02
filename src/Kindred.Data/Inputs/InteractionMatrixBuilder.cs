using Kindred.Embeddings;
using Kindred.Populations;

namespace Kindred.Data.Inputs;

/// <summary>Brings rows of interactions into canonical order: by user, with a counting sort, then by item.</summary>
internal static class InteractionMatrixBuilder
{
    public static InteractionInput Build(InteractionRows rows, UserTable? users, long rowsRead, bool keepNonPositive,
        CancellationToken cancellationToken)
    {
        var kept = rows.Users.Chunks == 0 ? 0 : rows.Users.Count;
        if (kept > Array.MaxLength)
        {
            throw new KindredException(ErrorKind.BadInput, "too_many_interactions",
                $"The interactions have {kept:N0} rows, but at most {Array.MaxLength:N0} can be held.",
                "Merge rows of the same user and item first, or sample users.")
            {
                Values = new Dictionary<string, object?> { ["rows"] = kept, ["maximum"] = Array.MaxLength },
            };
        }

        // A users' table is already in canonical order, so ranks equal row numbers.
        var userIds = users is null ? rows.UserIds.Sorted(out var userRank) : Same(users.Ids, out userRank);
        var itemIds = rows.ItemIds.Sorted(out var itemRank);
        var starts = CountRows(rows, userRank);
        var entries = Scatter(rows, starts, userRank, itemRank, cancellationToken);
        var lengths = new int[userRank.Length];
        var dropped = MergeRows(starts, entries, lengths, keepNonPositive, cancellationToken);
        var matrix = Pack(starts, entries, lengths, itemIds, out var items);
        var report = new InteractionReport(
            rowsRead, rows.UnknownUserRows, kept - matrix.Entries - dropped, rows.NonPositiveRows, dropped);
        return new InteractionInput(new InteractionMatrix(userIds, items, matrix), report, rows.LatestByRank(userRank));
    }

    private static IdList Same(IdList ids, out int[] rank)
    {
        rank = [.. Enumerable.Range(0, ids.Count)];
        return ids;
    }

    private static long[] CountRows(InteractionRows rows, int[] userRank)
    {
        var starts = new long[userRank.Length + 1];
        for (var chunk = 0; chunk < rows.Users.Chunks; chunk++)
        {
            foreach (var user in rows.Users.Chunk(chunk)) starts[userRank[user] + 1]++;
        }

        for (var i = 0; i < userRank.Length; i++) starts[i + 1] += starts[i];
        return starts;
    }

    // An entry is one number that sorts by item, then by weight, so that no second array is needed.
    private static ulong[] Scatter(InteractionRows rows, long[] starts, int[] userRank, int[] itemRank, CancellationToken cancellationToken)
    {
        var entries = new ulong[starts[^1]];
        var next = starts.AsSpan(0, userRank.Length).ToArray();
        for (var chunk = 0; chunk < rows.Users.Chunks; chunk++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var users = rows.Users.Chunk(chunk);
            var items = rows.Items.Chunk(chunk);
            var weights = rows.Weights.Chunk(chunk);
            for (var i = 0; i < users.Length; i++)
            {
                entries[next[userRank[users[i]]]++] = (ulong)(uint)itemRank[items[i]] << 32 | Ordered(weights[i]);
            }

            rows.Users.Release(chunk);
            rows.Items.Release(chunk);
            rows.Weights.Release(chunk);
        }

        return entries;
    }

    /// <summary>Sorts each user's entries and sums equal pairs in place; returns the number of dropped pairs.</summary>
    /// <remarks>Equal pairs are summed in double by ascending weight, so the order of the rows does not change the sum.</remarks>
    private static long MergeRows(long[] starts, ulong[] entries, int[] lengths, bool keepNonPositive, CancellationToken cancellationToken)
    {
        var dropped = 0L;
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.For(0, lengths.Length, options, () => 0L, (user, _, sum) =>
        {
            var row = entries.AsSpan((int)starts[user], (int)(starts[user + 1] - starts[user]));
            row.Sort();
            return sum + MergeRow(row, keepNonPositive, out lengths[user]);
        }, sum => Interlocked.Add(ref dropped, sum));
        return dropped;
    }

    private static long MergeRow(Span<ulong> row, bool keepNonPositive, out int length)
    {
        var (kept, dropped) = (0, 0L);
        for (var i = 0; i < row.Length;)
        {
            var item = row[i] >> 32;
            var sum = 0.0;
            for (; i < row.Length && row[i] >> 32 == item; i++) sum += Weight((uint)row[i]);
            var weight = (float)Math.Clamp(sum, float.MinValue, float.MaxValue);
            if (weight > 0 || keepNonPositive) row[kept++] = item << 32 | Ordered(weight);
            else dropped++;
        }

        length = kept;
        return dropped;
    }

    /// <summary>The kept entries end to end, without items that no user has any more.</summary>
    private static SparseRows Pack(long[] starts, ulong[] entries, int[] lengths, IdList itemIds, out IdList items)
    {
        var packed = new long[starts.Length];
        for (var i = 0; i < lengths.Length; i++) packed[i + 1] = packed[i] + lengths[i];
        var used = new bool[itemIds.Count];
        for (var user = 0; user < lengths.Length; user++)
        {
            foreach (var entry in entries.AsSpan((int)starts[user], lengths[user])) used[entry >> 32] = true;
        }

        var order = Enumerable.Range(0, used.Length).Where(i => used[i]).ToArray();
        items = order.Length == used.Length ? itemIds : itemIds.Select(order);
        var number = new int[used.Length];
        for (var i = 0; i < order.Length; i++) number[order[i]] = i;

        var columns = new int[packed[^1]];
        var weights = new float[packed[^1]];
        Parallel.For(0, lengths.Length, user =>
        {
            var at = (int)packed[user];
            foreach (var entry in entries.AsSpan((int)starts[user], lengths[user]))
            {
                columns[at] = number[entry >> 32];
                weights[at++] = Weight((uint)entry);
            }
        });
        return new SparseRows(packed, columns, weights);
    }

    // The bits of a float as an unsigned number with the same order.
    private static uint Ordered(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return (bits & 0x8000_0000) != 0 ? ~bits : bits | 0x8000_0000;
    }

    private static float Weight(uint ordered) =>
        BitConverter.UInt32BitsToSingle((ordered & 0x8000_0000) != 0 ? ordered & 0x7FFF_FFFF : ~ordered);
}
