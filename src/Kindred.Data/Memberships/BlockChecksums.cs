using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kindred.Data.Memberships;

/// <summary>Compares each block of an array with its checksum when the block is first read.</summary>
/// <remarks>A block costs one hash of 64 KiB, once per opened table; later reads cost one test of a byte. Damage that occurs after that is
/// not found.</remarks>
/// <param name="path">The file of the array.</param>
/// <param name="array">The array's bytes are checked, not the file's header, which is read on opening.</param>
/// <param name="checksums">[blocks] One per block.</param>
/// <typeparam name="T">byte or long.</typeparam>
internal sealed class BlockChecksums<T>(string path, ReadOnlyMemory<T> array, ReadOnlyMemory<long> checksums)
    where T : unmanaged
{
    // One byte per block: threads that verify neighbouring blocks at once must not undo each other's marks, as they could in shared bits.
    // Two threads may verify the same block; both come to the same result.
    private readonly bool[] _verified = new bool[checksums.Length];

    // The length of the file's header.
    private readonly long _header = HeaderOf(path, array.Length);

    /// <summary>Checks the blocks of some elements.</summary>
    /// <param name="start">The first element, within the array.</param>
    /// <param name="end">The successor of the last element.</param>
    /// <exception cref="KindredException">A block is damaged.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Require(long start, long end)
    {
        // No blocks if there are no elements, wherever they start.
        var last = end == start ? -1 : (int)((end * sizeof(T) - 1) >> BlockSums.Shift);
        for (var block = (int)(start * sizeof(T) >> BlockSums.Shift); block <= last; block++)
        {
            if (!_verified[block]) Verify(block);
        }
    }

    /// <summary>Checks all blocks, which reads the array once.</summary>
    /// <exception cref="KindredException">A block is damaged.</exception>
    public void RequireAll()
    {
        for (var block = 0; block < _verified.Length; block++)
        {
            if (!_verified[block]) Verify(block);
        }
    }

    private static unsafe long HeaderOf(string path, int elements) => new FileInfo(path).Length - (long)elements * sizeof(T);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private unsafe void Verify(int block)
    {
        var perBlock = BlockSums.BlockBytes / sizeof(T);
        var bytes = MemoryMarshal.AsBytes(array.Span[(block * perBlock)..(int)Math.Min((block + 1L) * perBlock, array.Length)]);
        if (BlockSums.Of(bytes) == checksums.Span[block])
        {
            _verified[block] = true;
            return;
        }

        var first = _header + ((long)block << BlockSums.Shift);
        throw MembershipFormat.Damaged(path,
            FormattableString.Invariant($"bytes {first:N0} to {first + bytes.Length - 1:N0} (counted from 0) do not match their checksum"));
    }
}

/// <summary>The checksums of a file's blocks.</summary>
internal static class BlockSums
{
    /// <summary>The logarithm of the bytes of a block.</summary>
    public const int Shift = 16;

    public const int BlockBytes = 1 << Shift;

    /// <summary>The number of blocks; the last one may be shorter.</summary>
    public static unsafe int CountOf<T>(int elements)
        where T : unmanaged => (int)(((long)elements * sizeof(T) + BlockBytes - 1) >> Shift);

    /// <summary>The checksum of one block.</summary>
    public static long Of(ReadOnlySpan<byte> block) => (long)XxHash3.HashToUInt64(block);

    /// <summary>Adds the checksums of all blocks of an array.</summary>
    public static void Add<T>(List<long> sums, ReadOnlySpan<T> array)
        where T : unmanaged
    {
        while (!array.IsEmpty)
        {
            var some = array[..Math.Min(array.Length, BlockBytes / Unsafe.SizeOf<T>())];
            sums.Add(Of(MemoryMarshal.AsBytes(some)));
            array = array[some.Length..];
        }
    }
}
