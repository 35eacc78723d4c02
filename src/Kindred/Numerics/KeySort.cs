using System.Buffers;
using System.Runtime.CompilerServices;

namespace Kindred.Numerics;

/// <summary>Sorts 64-bit keys by their high 32 bits.</summary>
internal static class KeySort
{
    private const int Digit = 11;
    private const int Values = 1 << Digit;

    /// <summary>Sorts ascending; keys of equal high halves keep their order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ByHighHalf(Span<ulong> keys)
    {
        // A pass of counting for each of three digits: it pays from some hundred keys on.
        if (keys.Length < 256)
        {
            InsertionSort(keys);
            return;
        }

        var rented = ArrayPool<ulong>.Shared.Rent(keys.Length);
        Span<ulong> other = rented.AsSpan(0, keys.Length), from = keys;
        Span<int> starts = stackalloc int[Values];
        for (var shift = 32; shift < 64; shift += Digit)
        {
            starts.Clear();
            foreach (var key in from) starts[(int)(key >> shift) & (Values - 1)]++;
            var sum = 0;
            foreach (ref var start in starts) (start, sum) = (sum, sum + start);
            foreach (var key in from) other[starts[(int)(key >> shift) & (Values - 1)]++] = key;
            var sorted = other;
            other = from;
            from = sorted;
        }

        // After three passes the result is in the scratch space.
        from.CopyTo(keys);
        ArrayPool<ulong>.Shared.Return(rented);
    }

    private static void InsertionSort(Span<ulong> keys)
    {
        for (var i = 1; i < keys.Length; i++)
        {
            var key = keys[i];
            var at = i;
            for (; at > 0 && keys[at - 1] >> 32 > key >> 32; at--) keys[at] = keys[at - 1];
            keys[at] = key;
        }
    }
}
