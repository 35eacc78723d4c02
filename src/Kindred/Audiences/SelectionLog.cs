using System.Runtime.CompilerServices;
using Kindred.Scoring;

namespace Kindred.Audiences;

/// <summary>The best users that one thread has seen, in many streams: one <see cref="TopUsers"/> per request, written in long
/// runs.</summary>
/// <remarks>
/// A tile has a few users for each audience. Appending them to one list costs a few cycles each; writing them directly to hundreds of
/// streams would cost a cache miss each. The list is distributed to the streams when it is full.
/// </remarks>
internal sealed class SelectionLog : IDisposable
{
    private const int Room = 1 << 13;

    private readonly UserPlaces _places;
    private readonly UserSet[][] _excluded;
    private readonly TopUsers[] _kept;

    // [requests] floors of _kept, contiguous: all that most tiles read.
    private readonly float[] _floors;

    // Keys in the order of arrival, in runs of one tile and request each.
    private readonly ulong[] _keys = new ulong[Room];
    private readonly List<(int Request, int End)> _runs = [];
    private int _count;

    /// <param name="places">The places of the population.</param>
    /// <param name="requests">The audiences to select.</param>
    /// <param name="floors">[requests] lower bounds: users with lower scores need not be kept.</param>
    /// <param name="threads">Number of logs that share the users.</param>
    public SelectionLog(UserPlaces places, AudienceRequest[] requests, float[] floors, int threads)
    {
        _places = places;
        _floors = [.. floors];
        _excluded = Array.ConvertAll(requests, request => request.Excluded.Where(set => set.Count > 0).ToArray());
        _kept = new TopUsers[requests.Length];
        for (var r = 0; r < requests.Length; r++)
        {
            // The audience and half as many users again are above a bracket's floor, spread over the threads.
            var expected = float.IsFinite(floors[r]) ? (int)Math.Min(int.MaxValue / 2, requests[r].Size * 1.5 / threads + 1024) : 1024;
            _kept[r] = new TopUsers(places, requests[r].Size, floors[r], expected);
        }
    }

    /// <summary>Adds a tile's scores for one request.</summary>
    [SkipLocalsInit]
    public void Add(int request, int shard, UserTile users, ReadOnlySpan<float> scores)
    {
        if (_count > Room - UserTile.Capacity) SortOut();
        Span<int> found = stackalloc int[UserTile.Capacity + 1];
        var count = Candidates.Find(users, shard, scores, _floors[request], _excluded[request], found);
        if (count == 0) return;
        var start = _places.StartOf(shard);
        var rows = users.Rows;
        var keys = _keys.AsSpan(_count, count);
        for (var i = 0; i < keys.Length; i++) keys[i] = UserPlaces.Key(scores[found[i]], start + rows[found[i]]);
        _count += count;
        _runs.Add((request, _count));
    }

    /// <summary>The users kept for a request, after all users were added.</summary>
    public TopUsers Kept(int request) => _kept[request];

    /// <summary>Distributes the list to the streams.</summary>
    public void SortOut()
    {
        // Runs by request, in their order.
        var starts = new int[_kept.Length + 1];
        foreach (var (request, _) in _runs) starts[request + 1]++;
        for (var r = 0; r < _kept.Length; r++) starts[r + 1] += starts[r];
        var order = new int[_runs.Count];
        for (var run = 0; run < order.Length; run++) order[starts[_runs[run].Request]++] = run;
        foreach (var run in order)
        {
            var first = run == 0 ? 0 : _runs[run - 1].End;
            _kept[_runs[run].Request].Add(_keys.AsSpan(first, _runs[run].End - first));
        }

        for (var r = 0; r < _kept.Length; r++) _floors[r] = _kept[r].Floor;
        _runs.Clear();
        _count = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var kept in _kept) kept.Dispose();
    }
}
