using System.IO.Hashing;

namespace Kindred.Populations;

/// <summary>The stable 64-bit hash of a user id that decides its shard and keys everything sampled about it.</summary>
/// <remarks>XXH64 with seed 0 over the id's UTF-8 bytes: part of the snapshot format, it never changes.</remarks>
public static class UserHash
{
    /// <summary>The hash of an id.</summary>
    public static ulong Of(ReadOnlySpan<byte> utf8) => XxHash64.HashToUInt64(utf8);

    /// <summary>The shard of a hash when the range of 64-bit numbers is cut into <paramref name="shardCount"/> equal ranges.</summary>
    public static int ShardOf(ulong hash, int shardCount) => (int)Math.BigMul(hash, (ulong)shardCount, out _);
}
