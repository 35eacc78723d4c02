using Kindred.Populations;

namespace Kindred.Audiences;

/// <summary>Scores and users as single numbers that sort as audiences do: by descending score, and within a shard's country by user
/// id.</summary>
/// <remarks>
/// <code>
/// key: 63 … 32  the score, turned so that a higher score is a smaller number
///      31 …  0  the user's place: the row, counted over all shards
/// </code>
/// <see cref="Compare"/> orders users with equal scores whose places do not decide.
/// </remarks>
internal sealed class UserPlaces
{
    private readonly Population _population;
    private readonly long[] _starts;

    /// <param name="population">At most 2³² users.</param>
    public UserPlaces(Population population)
    {
        _population = population;
        _starts = new long[population.Shards.Count + 1];
        for (var s = 0; s < population.Shards.Count; s++) _starts[s + 1] = _starts[s] + population.Shards[s].Count;
        if (_starts[^1] > 1L << 32) throw new NotSupportedException($"A population of {_starts[^1]:N0} users is larger than 2³².");
    }

    /// <summary>The place of a shard's first user.</summary>
    public long StartOf(int shard) => _starts[shard];

    /// <summary>The key of a score at a place. −0 and 0 are the same score, although their bits differ.</summary>
    public static ulong Key(float score, long place)
    {
        var bits = BitConverter.SingleToUInt32Bits(score + 0f);
        var ascending = (bits & 0x8000_0000) != 0 ? ~bits : bits | 0x8000_0000;
        return (ulong)~ascending << 32 | (uint)place;
    }

    /// <summary>The score of a key.</summary>
    public static float Score(ulong key)
    {
        var ascending = ~(uint)(key >> 32);
        return BitConverter.UInt32BitsToSingle((ascending & 0x8000_0000) != 0 ? ascending & 0x7FFF_FFFF : ~ascending);
    }

    /// <summary>The user of a key.</summary>
    public UserRow User(ulong key)
    {
        var place = (long)(uint)key;
        var shard = 0;
        if (_starts.Length > 2)
        {
            shard = Array.BinarySearch(_starts, place);

            // A shard without users has the same start as the next one.
            if (shard < 0) shard = ~shard - 1;
            while (_starts[shard + 1] <= place) shard++;
        }

        return new UserRow(shard, (int)(place - _starts[shard]));
    }

    /// <summary>Returns a number below zero if the first key's user comes before the second's in an audience.</summary>
    public int Compare(ulong a, ulong b)
    {
        if (a >> 32 != b >> 32) return a < b ? -1 : 1;
        return a == b ? 0 : _population.UserId(User(a)).SequenceCompareTo(_population.UserId(User(b)));
    }
}
