using Kindred.Audiences;
using Kindred.Data.Memberships;
using Kindred.Data.Numpy;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Stages;

/// <summary>The members of a batch's audiences in one shard: ascending rows, encoded as differences, in one byte each if small.</summary>
/// <remarks>One list per unit, target and size, with the users whose smallest size it is.</remarks>
internal static class MemberLists
{
    private const string UnitStarts = "unit_starts.npy";
    private const string Starts = "list_starts.npy";
    private const string Bytes = "lists.npy";

    /// <summary>Writes lists.</summary>
    /// <param name="folder">An empty folder.</param>
    /// <param name="lists">[units][lists] The ascending rows.</param>
    public static void Write(string folder, IReadOnlyList<IReadOnlyList<int[]>> lists)
    {
        var units = new long[lists.Count + 1];
        for (var u = 0; u < lists.Count; u++) units[u + 1] = units[u] + lists[u].Count;
        int[][] all = [.. lists.SelectMany(unit => unit)];
        var starts = new long[all.Length + 1];
        for (var i = 0; i < all.Length; i++) starts[i + 1] = starts[i] + Length(all[i]);
        var bytes = new byte[starts[^1]];
        for (var i = 0; i < all.Length; i++) Encode(all[i], bytes, (int)starts[i]);
        NpyFile.Write<long>(Path.Combine(folder, UnitStarts), units);
        NpyFile.Write<long>(Path.Combine(folder, Starts), starts);
        NpyFile.Write<byte>(Path.Combine(folder, Bytes), bytes);
        StageFormats.Complete(folder, StageFormats.Members);
    }

    /// <summary>Reads the lists of the given units of a folder.</summary>
    public static int[][][] Read(string folder, IReadOnlyList<int> units)
    {
        using var unitStarts = NpyFile.Map<long>(Path.Combine(folder, UnitStarts));
        using var starts = NpyFile.Map<long>(Path.Combine(folder, Starts));
        using var bytes = NpyFile.Map<byte>(Path.Combine(folder, Bytes));
        return [.. units.Select(unit =>
            Enumerable.Range((int)unitStarts.Memory.Span[unit], (int)(unitStarts.Memory.Span[unit + 1] - unitStarts.Memory.Span[unit]))
            .Select(list => Decode(bytes.Memory.Span[(int)starts.Memory.Span[list]..(int)starts.Memory.Span[list + 1]])).ToArray())];
    }

    private static long Length(int[] rows)
    {
        var (length, next) = (0L, 0);
        foreach (var row in rows)
        {
            length += AudienceList.LengthOf(row - next);
            next = row + 1;
        }

        return length;
    }

    private static void Encode(int[] rows, byte[] bytes, int at)
    {
        var next = 0;
        foreach (var row in rows)
        {
            at = AudienceList.Write(bytes, at, row - next);
            next = row + 1;
        }
    }

    private static int[] Decode(ReadOnlySpan<byte> bytes)
    {
        var rows = new int[AudienceList.Count(bytes)];
        return AudienceList.Read(bytes, int.MaxValue, [], rows) == rows.Length ? rows
            : throw new KindredException(ErrorKind.Corrupt, StageFormats.DamagedCode,
                "Members of an audience are damaged: their rows are not ascending.", $"{StageFormats.Remedy}.");
    }

    /// <summary>Groups members by the smallest size that contains them.</summary>
    public static int[][] BySize(Member[] members, int sizes)
    {
        var lists = new List<int>[sizes];
        for (var size = 0; size < sizes; size++) lists[size] = [];
        foreach (var member in members) lists[member.Size].Add(member.Row);
        return [.. lists.Select(list => list.ToArray())];
    }
}
