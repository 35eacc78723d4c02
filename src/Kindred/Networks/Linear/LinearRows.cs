using Kindred.Numerics;
using Kindred.Populations;
using Kindred.SeedModels;

namespace Kindred.Networks.Linear;

/// <summary>The inputs of the users that linear models of many lists learn from, held once for all lists.</summary>
/// <remarks>
/// <code>
///     chunks of the pool, 192 users each | chunks of group 0 of the other users | of group 1 | …
///
///     segment: chunks whose sums are one chain in single precision: a chunk of the pool, or all chunks of a group
///     block: segments that one thread processes; their sums are added up in double precision
/// </code>
/// Neither segments nor blocks of the pool depend on the lists; other users are grouped by hash: <see cref="SharedUsers"/>.
/// </remarks>
internal sealed class LinearRows : IDisposable
{
    private const int PoolBlocks = 32;
    private const int GroupsOfBlock = 16;

    private readonly int[] _placeOfOther;

    /// <summary>Gathers the rows.</summary>
    public LinearRows(Population population, SharedUsers users, InputScale scale, int threads, CancellationToken cancellation)
    {
        (Users, Scale) = (users, scale);
        var heights = new List<int>();
        var firstUsers = new List<int>();
        Segments(heights, firstUsers, out var groupChunks);
        Inputs = new ChunkedRows(heights, scale.Columns);
        _placeOfOther = new int[users.Others.Count];
        Blocks = [.. Enumerable.Range(0, PoolBlocks).Select(block => PoolBlock(block, PoolChunks)), .. groupChunks.Chunk(GroupsOfBlock)];
        Workers.Run(threads, heights.Count, (chunk, _) => Fill(chunk, firstUsers[chunk], heights[chunk], population), cancellation);
    }

    /// <summary>The users of the rows.</summary>
    public SharedUsers Users { get; }

    /// <summary>The scale that converted them into rows.</summary>
    public InputScale Scale { get; }

    /// <summary>The rows.</summary>
    public ChunkedRows Inputs { get; }

    /// <summary>The number of chunks of the candidate pool, which come first.</summary>
    public int PoolChunks { get; private set; }

    /// <summary>The segments of each block: a first chunk and the one after the last.</summary>
    public IReadOnlyList<(int First, int End)[]> Blocks { get; }

    /// <summary>The place in <see cref="Inputs"/> of a user by number.</summary>
    public int PlaceOf(int user) => user < Users.Pool.Users.Count ? user : _placeOfOther[user - Users.Pool.Users.Count];

    /// <inheritdoc/>
    public void Dispose() => Inputs.Dispose();

    private void Segments(List<int> heights, List<int> firstUsers, out (int First, int End)[] groupChunks)
    {
        var pool = Users.Pool.Users.Count;
        Add(0, pool);
        PoolChunks = heights.Count;
        groupChunks = new (int First, int End)[SharedUsers.Groups];
        for (var group = 0; group < groupChunks.Length; group++)
        {
            var first = heights.Count;
            Add(pool + Users.GroupStart(group), pool + Users.GroupStart(group + 1));
            groupChunks[group] = (first, heights.Count);
        }

        void Add(int first, int end)
        {
            for (; first < end; first += ChunkedRows.MostRows)
            {
                firstUsers.Add(first);
                heights.Add(Math.Min(ChunkedRows.MostRows, end - first));
            }
        }
    }

    private static (int First, int End)[] PoolBlock(int block, int chunks)
    {
        int first = (int)((long)chunks * block / PoolBlocks), end = (int)((long)chunks * (block + 1) / PoolBlocks);
        return [.. Enumerable.Range(first, end - first).Select(chunk => (chunk, chunk + 1))];
    }

    private void Fill(int chunk, int firstUser, int count, Population population)
    {
        Span<float> row = new float[Inputs.Columns];
        var pool = Users.Pool.Users.Count;
        for (var r = 0; r < count; r++)
        {
            var user = firstUser + r;
            Scale.Write(population, user < pool ? Users.Pool.Users[user] : Users.Others[user - pool], row);
            Inputs.Set(chunk, r, row);
            if (user >= pool) _placeOfOther[user - pool] = Inputs.Start(chunk) + r;
        }
    }
}
