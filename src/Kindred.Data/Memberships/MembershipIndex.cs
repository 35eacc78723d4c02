using Kindred.Audiences;
using Kindred.Data.Forgetting;
using Kindred.Populations;

namespace Kindred.Data.Memberships;

/// <summary>The published audiences of every user: who is asked for by id is told his audiences.</summary>
/// <remarks>
/// The tables hold of each target, a seed list in a country, only the smallest size that a user is in; the larger sizes follow.
/// A look-up reads a few cache lines, allocates nothing, and may be made by many threads at once.
/// </remarks>
public sealed class MembershipIndex : IExcludedUsers, IDisposable
{
    private readonly UserAudienceTable[] _shards;
    private readonly int[] _ends;
    private readonly Tombstones? _forgotten;

    private MembershipIndex(UserAudienceTable[] shards, int[] ends, Tombstones? forgotten)
    {
        var mostSizes = ends.Select((end, audience) => end - audience).DefaultIfEmpty(1).Max();
        (_shards, _forgotten, Audiences) = (shards, forgotten, ends.Length);

        // Lists are read faster where no larger sizes follow.
        _ends = mostSizes == 1 ? [] : ends;
        MostAudiences = (int)Math.Min(ends.Length, (long)mostSizes * shards.Max(shard => shard.LongestList));
    }

    /// <summary>Audiences that there are.</summary>
    public int Audiences { get; }

    /// <summary>No user is in more audiences: room for so many is enough for <see cref="Find"/>.</summary>
    public int MostAudiences { get; }

    /// <summary>Users whose ids it holds, forgotten ones among them.</summary>
    public long Users => _shards.Sum(shard => (long)shard.Users);

    /// <summary>Opens an index.</summary>
    /// <param name="shardFolders">Folders of <see cref="UserAudienceTable"/>: at least one, by ascending range of <see cref="UserHash"/> as
    /// <see cref="UserHash.ShardOf"/> cuts it.</param>
    /// <param name="audiences">The published audiences, in the order of their numbers.</param>
    /// <param name="forgotten">Users who must not be known any more, or null.</param>
    /// <param name="verify">Whether to compare the checksums of all files, which reads them all.</param>
    /// <exception cref="KindredException">A file is missing, damaged, of another format or of a newer version, or the folders or audiences do
    /// not fit each other.</exception>
    public static MembershipIndex Open(
        IReadOnlyList<string> shardFolders, IReadOnlyList<PublishedAudience> audiences, Tombstones? forgotten = null, bool verify = true)
    {
        ArgumentOutOfRangeException.ThrowIfZero(shardFolders.Count);
        var ends = TargetSizes.EndsOf(audiences);
        var shards = new List<UserAudienceTable>();
        try
        {
            foreach (var folder in shardFolders)
            {
                shards.Add(UserAudienceTable.Open(folder, verify));
                RequireFit(folder, shards[^1], shards.Count - 1, shardFolders.Count, ends.Length);
            }

            return new MembershipIndex([.. shards], ends, forgotten is { Count: > 0 } ? forgotten : null);
        }
        catch
        {
            shards.ForEach(shard => shard.Dispose());
            throw;
        }
    }

    /// <summary>Finds the audiences of a user.</summary>
    /// <param name="userId">The UTF-8 bytes of his id.</param>
    /// <param name="audiences">[<see cref="MostAudiences"/>, or more] where to write their numbers, ascending; what stands behind them means nothing.</param>
    /// <returns>How many there are; 0 for a user who is in none, −1 for one who is not known, or is forgotten.</returns>
    /// <exception cref="KindredException">The files are damaged.</exception>
    public int Find(ReadOnlySpan<byte> userId, Span<int> audiences)
    {
        var hash = UserHash.Of(userId);
        if (_forgotten?.Contains(userId, hash) == true) return -1;
        return _shards[UserHash.ShardOf(hash, _shards.Length)].Find(hash, userId, _ends, audiences);
    }

    /// <summary>As <see cref="Find"/>, but 0 for a user who is not known: an index of who is excluded says of each target the smallest size too.</summary>
    int IExcludedUsers.Find(ReadOnlySpan<byte> userId, Span<int> audiences) => Math.Max(0, Find(userId, audiences));

    /// <summary>Goes through all users who are not forgotten: shard by shard, in the order in which each was written.</summary>
    /// <exception cref="KindredException">The files are damaged.</exception>
    public void ForEach(UserAudiencesAction act)
    {
        foreach (var shard in _shards) shard.ForEach(_ends, MostAudiences, _forgotten, act);
    }

    /// <summary>Reads all files once, so that the first users who are asked for do not wait for the disk.</summary>
    public void WarmUp()
    {
        foreach (var shard in _shards) shard.WarmUp();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var shard in _shards) shard.Dispose();
    }

    private static void RequireFit(string folder, UserAudienceTable shard, int place, int shards, int audiences)
    {
        if (shard.Audiences != audiences)
        {
            throw new KindredException(ErrorKind.Corrupt,
                $"{folder} is of {shard.Audiences} audiences, but {audiences} were published: it belongs to another version. {MembershipFormat.Remedy}.");
        }

        // All would be looked for in other shards; that the first one fits is enough to tell.
        if (shard.Users > 0 && UserHash.ShardOf(shard.HashOf(0), shards) is var own && own != place)
        {
            throw new KindredException(ErrorKind.Corrupt,
                $"{folder} was opened as shard {place} of {shards} (counted from 0), but its first user belongs to shard {own}. Give all shards, in their order.");
        }
    }
}
