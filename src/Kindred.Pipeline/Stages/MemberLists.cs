using Kindred.Audiences;
using Kindred.Data.Numpy;

namespace Kindred.Pipeline.Stages;

/// <summary>Members of a batch's audiences in one shard: ascending rows, coded by their distances in one byte each where these are small.</summary>
/// <remarks>For each unit of the batch, each of its targets and each size, the users of whom this is the smallest size that they are in.</remarks>
internal static class MemberLists
{
    private const string UnitStarts = "unit_starts.npy";
    private const string Starts = "list_starts.npy";
    private const string Bytes = "lists.npy";

    /// <summary>Writes lists.</summary>
    /// <param name="folder">An empty folder.</param>
    /// <param name="lists">[units][lists] ascending rows.</param>
    public static void Write(string folder, IReadOnlyList<IReadOnlyList<int[]>> lists)
    {
        var units = new long[lists.Count + 1];
        for (var u = 0; u < lists.Count; u++) units[u + 1] = units[u] + lists[u].Count;
        var starts = new List<long> { 0 };
        var bytes = new List<byte>();
        foreach (var rows in lists.SelectMany(unit => unit))
        {
            var before = -1;
            foreach (var row in rows)
            {
                var distance = (uint)(row - before - 1);
                for (; distance >= 0x80; distance >>= 7) bytes.Add((byte)(distance | 0x80));
                bytes.Add((byte)distance);
                before = row;
            }

            starts.Add(bytes.Count);
        }

        NpyFile.Write<long>(Path.Combine(folder, UnitStarts), units);
        NpyFile.Write<long>(Path.Combine(folder, Starts), starts.ToArray());
        NpyFile.Write<byte>(Path.Combine(folder, Bytes), bytes.ToArray());
        StageFormats.Complete(folder, StageFormats.Members);
    }

    /// <summary>Reads the lists of some units of a folder.</summary>
    public static int[][][] Read(string folder, IReadOnlyList<int> units)
    {
        using var unitStarts = NpyFile.Map<long>(Path.Combine(folder, UnitStarts));
        using var starts = NpyFile.Map<long>(Path.Combine(folder, Starts));
        using var bytes = NpyFile.Map<byte>(Path.Combine(folder, Bytes));
        return [.. units.Select(unit => Enumerable.Range((int)unitStarts.Memory.Span[unit], (int)(unitStarts.Memory.Span[unit + 1] - unitStarts.Memory.Span[unit]))
            .Select(list => Decode(bytes.Memory.Span[(int)starts.Memory.Span[list]..(int)starts.Memory.Span[list + 1]])).ToArray())];
    }

    private static int[] Decode(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        foreach (var value in bytes) count += value < 0x80 ? 1 : 0;
        var rows = new int[count];
        var (row, distance, shift, n) = (-1, 0u, 0, 0);
        foreach (var value in bytes)
        {
            distance |= (uint)(value & 0x7F) << shift;
            shift += 7;
            if (value >= 0x80) continue;
            row += (int)distance + 1;
            rows[n++] = row;
            (distance, shift) = (0, 0);
        }

        return rows;
    }

    /// <summary>Members by the smallest size that each is in.</summary>
    public static int[][] BySize(Member[] members, int sizes)
    {
        var lists = new List<int>[sizes];
        for (var size = 0; size < sizes; size++) lists[size] = [];
        foreach (var member in members) lists[member.Size].Add(member.Row);
        return [.. lists.Select(list => list.ToArray())];
    }
}
