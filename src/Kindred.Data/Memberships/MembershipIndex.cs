using Kindred.Audiences;
using Kindred.Data.Folders;
using Kindred.Data.Forgotten;
using Kindred.Populations;

namespace Kindred.Data.Memberships;

/// <summary>Looks up a user's published audiences by id.</summary>
/// <remarks>
/// For each target, a seed list in a country, the tables hold only the smallest size that a user is in; the user is in all larger sizes
/// too. A look-up reads a few cache lines, allocates nothing, and many threads may look up at once.
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

        // Lists are read faster if every target has one size.
        _ends = mostSizes == 1 ? [] : ends;
        MostAudiences = (int)Math.Min(ends.Length, (long)mostSizes * shards.Max(shard => shard.LongestList));
    }

    /// <summary>The number of audiences.</summary>
    public int Audiences { get; }

    /// <summary>Maximum audiences that a user is in: enough room for <see cref="Find"/>.</summary>
    public int MostAudiences { get; }

    /// <summary>The number of users whose ids it holds, including forgotten ones.</summary>
    public long Users => _shards.Sum(shard => (long)shard.Users);

    /// <summary>Opens an index.</summary>
    /// <param name="shardFolders">Folders of <see cref="UserAudienceTable"/>: at least one, by ascending range of <see cref="UserHash"/> as
    /// <see cref="UserHash.ShardOf"/> cuts it.</param>
    /// <param name="audiences">The published audiences, in the order of their numbers.</param>
    /// <param name="forgotten">Permanently deleted users, or null.</param>
    /// <param name="verify">True to compare the checksums of all files now, which reads them all; false to compare each block when a
    /// look-up first reads it.</param>
    /// <exception cref="KindredException">A file is missing, damaged, of another format or of a newer version, or the folders or
    /// audiences do not fit each other.</exception>
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
    /// <param name="userId">The id in UTF-8.</param>
    /// <param name="audiences">[<see cref="MostAudiences"/>, or more] receives their numbers, ascending; the rest is undefined.</param>
    /// <returns>The number of audiences; 0 for a user in none, −1 for an unknown or forgotten user.</returns>
    /// <exception cref="KindredException">The files are damaged.</exception>
    public int Find(ReadOnlySpan<byte> userId, Span<int> audiences)
    {
        var hash = UserHash.Of(userId);
        if (_forgotten?.Contains(userId, hash) == true) return -1;
        return _shards[UserHash.ShardOf(hash, _shards.Length)].Find(hash, userId, _ends, audiences);
    }

    /// <summary>Works as <see cref="Find"/>, but returns 0 for an unknown user.</summary>
    int IExcludedUsers.Find(ReadOnlySpan<byte> userId, Span<int> audiences) => Math.Max(0, Find(userId, audiences));

    /// <summary>Visits all users who are not forgotten: shard by shard, in the order of writing.</summary>
    /// <exception cref="KindredException">The files are damaged.</exception>
    public void ForEach(UserAudiencesAction act)
    {
        foreach (var shard in _shards) shard.ForEach(_ends, MostAudiences, _forgotten, act);
    }

    /// <summary>Reads all files once, so that the first look-ups do not wait for the disk.</summary>
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
            var problem = $"{folder} is of {shard.Audiences} audiences, but {audiences} were published: it belongs to another version";
            throw FolderErrors.Damaged(MembershipFormat.Name, folder, problem, MembershipFormat.Remedy);
        }

        // Users would be looked up in other shards; checking the first user is enough.
        if (shard.Users > 0 && UserHash.ShardOf(shard.HashOf(0), shards) is var own && own != place)
        {
            throw new KindredException(ErrorKind.Corrupt, "shards_out_of_order",
                $"{folder} was opened as shard {place} of {shards} (counted from 0), but its first user belongs to shard {own}.",
                "Give all shards, in their order.")
            {
                Values = new Dictionary<string, object?> { ["folder"] = folder, ["shard"] = own },
            };
        }
    }
}
