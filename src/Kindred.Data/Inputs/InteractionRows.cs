using Kindred.Data.Tables;
using Kindred.Populations;

namespace Kindred.Data.Inputs;

/// <summary>Rows of interactions in the order of the files, ids replaced by numbers.</summary>
internal sealed class InteractionRows
{
    private readonly bool _usersGiven;
    private readonly List<long> _latest = [];
    private readonly byte[] _lastId = new byte[IdList.MaxBytes];
    private int _lastLength;
    private int _lastUser;

    public InteractionRows(UserTable? users)
    {
        _usersGiven = users is not null;
        for (var i = 0; i < users?.Ids.Count; i++) UserIds.GetOrAdd(users.Ids[i]);
    }

    public IdTable UserIds { get; } = new();

    public IdTable ItemIds { get; } = new();

    public ChunkedList<int> Users { get; } = new();

    public ChunkedList<int> Items { get; } = new();

    public ChunkedList<float> Weights { get; } = new();

    public bool HasTimestamps { get; set; }

    public long UnknownUserRows { get; private set; }

    public long NonPositiveRows { get; private set; }

    public void Add(TableReader table, int userColumn, int itemColumn, int weightColumn, int timeColumn)
    {
        var user = UserOf(table.Id(userColumn));
        var weight = weightColumn < 0 ? 1f : Weight(table, weightColumn);
        var time = timeColumn < 0 ? long.MinValue : table.UnixMilliseconds(timeColumn);
        // A row of an unknown user must be well-formed too: otherwise a shorter users' file would hide errors.
        var item = table.Id(itemColumn);
        if (user < 0)
        {
            UnknownUserRows++;
            return;
        }

        Users.Add(user);
        Items.Add(ItemIds.GetOrAdd(item));
        Weights.Add(weight);
        if (!(weight > 0)) NonPositiveRows++;
        if (timeColumn >= 0) NoteTime(user, time);
    }

    /// <summary>Each user's latest timestamp by rank, or null if the files have no timestamps.</summary>
    public long[]? LatestByRank(int[] rank)
    {
        if (!HasTimestamps) return null;
        var latest = new long[rank.Length];
        Array.Fill(latest, long.MinValue);
        for (var i = 0; i < _latest.Count; i++) latest[rank[i]] = _latest[i];
        return latest;
    }

    // Exports are often grouped by user, and a look-up costs more than reading the row.
    private int UserOf(ReadOnlySpan<byte> id)
    {
        if (id.SequenceEqual(_lastId.AsSpan(0, _lastLength))) return _lastUser;
        id.CopyTo(_lastId);
        _lastLength = id.Length;
        return _lastUser = _usersGiven ? UserIds.Find(id) : UserIds.GetOrAdd(id);
    }

    private static float Weight(TableReader table, int column)
    {
        var weight = (float)table.Number(column);
        return float.IsFinite(weight) ? weight : throw table.Error(column,
            $"the weight {TableReader.Shorten(table.Utf8(column))} is too large", "Weights are float32, up to 3.4e38: scale them down");
    }

    private void NoteTime(int user, long time)
    {
        while (_latest.Count <= user) _latest.Add(long.MinValue);
        if (time > _latest[user]) _latest[user] = time;
    }
}
