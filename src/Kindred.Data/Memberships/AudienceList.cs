using System.Runtime.Intrinsics;

namespace Kindred.Data.Memberships;

/// <summary>One user's audience numbers as bytes: the distance of each from the successor of the one before, seven bits per byte, lowest
/// first.</summary>
/// <remarks>All bytes of a number but its last have the highest bit set. Only ascending lists can be encoded.</remarks>
internal static class AudienceList
{
    /// <summary>The result for bytes that are not a list of existing audiences.</summary>
    public const int Damaged = -1;

    /// <summary>The result if there is no room for all numbers.</summary>
    public const int TooLong = -2;

    private const int Bits = 7;
    private const byte More = 1 << Bits;

    /// <summary>The number of bytes of a distance.</summary>
    public static int LengthOf(int distance)
    {
        var length = 1;
        for (var rest = (uint)distance >> Bits; rest != 0; rest >>= Bits) length++;
        return length;
    }

    /// <summary>Writes a distance.</summary>
    /// <returns>The position of the next one.</returns>
    public static int Write(byte[] to, int at, int distance)
    {
        var rest = (uint)distance;
        for (; rest >= More; rest >>= Bits) to[at++] = (byte)(rest | More);
        to[at++] = (byte)rest;
        return at;
    }

    /// <summary>The number of audiences in a list.</summary>
    public static int Count(ReadOnlySpan<byte> list)
    {
        var count = 0;
        foreach (var value in list) count += value < More ? 1 : 0;
        return count;
    }

    /// <summary>Reads a list.</summary>
    /// <param name="list">Its bytes. Damaged bytes never cause a read or write outside of the spans.</param>
    /// <param name="audiences">The number of existing audiences.</param>
    /// <param name="ends">[audiences] the successor of the last size of each audience's target, to include larger sizes too; or
    /// empty.</param>
    /// <param name="to">Receives the numbers, ascending.</param>
    /// <returns>Their count, <see cref="Damaged"/> or <see cref="TooLong"/>.</returns>
    public static int Read(ReadOnlySpan<byte> list, int audiences, ReadOnlySpan<int> ends, Span<int> to)
    {
        var (next, free, count) = (0, 0, 0);
        for (var i = 0; i < list.Length;)
        {
            uint distance = list[i++];
            if (distance >= More)
            {
                // Copies, so that the loop's own variables stay in registers.
                var at = i;
                if (!ReadRest(list, ref at, distance, out var whole)) return Damaged;
                (i, distance) = (at, whole);
            }

            if (distance >= (uint)(audiences - next)) return Damaged;
            var audience = next + (int)distance;
            next = audience + 1;

            if (ends.IsEmpty)
            {
                if ((uint)count >= (uint)to.Length) return TooLong;
                to[count++] = audience;
                continue;
            }

            // Two sizes of one target: the larger one was included already.
            if (audience < free) return Damaged;
            free = ends[audience];
            var sizes = free - audience;
            if (sizes > to.Length - count) return TooLong;
            Fill(to[count..], audience, sizes);
            count += sizes;
        }

        return count;
    }

    private static void Fill(Span<int> to, int first, int count)
    {
        // Always writes four: superfluous ones are overwritten next, which costs less than an unpredictable branch.
        if (count <= Vector128<int>.Count && to.Length >= Vector128<int>.Count)
        {
            (Vector128.Create(first) + Vector128<int>.Indices).CopyTo(to);
            return;
        }

        for (var i = 0; i < count; i++) to[i] = first + i;
    }

    private static bool ReadRest(ReadOnlySpan<byte> list, ref int at, uint first, out uint distance)
    {
        distance = first - More;
        for (var shift = Bits; shift < 32 && at < list.Length; shift += Bits)
        {
            uint part = list[at++];
            distance |= (part & (More - 1)) << shift;
            if (part < More) return true;
        }

        return false;
    }
}
