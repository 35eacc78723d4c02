using System.Runtime.CompilerServices;
using Kindred.Numerics;

namespace Kindred.Bench.Machine;

/// <summary>The rate of reading memory: the limit of work that reads much and computes little.</summary>
/// <param name="bytes">Size of the memory: several times the last-level cache, to measure memory and not caches.</param>
internal sealed unsafe class ReadBandwidth(long bytes) : IDisposable
{
    // 16 vectors of 512 bits: the numbers of one step at any width.
    private const int StepNumbers = 256;

    private readonly AlignedMatrix _memory = new(Math.Max(1, bytes / (StepNumbers * sizeof(float))), StepNumbers);

    /// <summary>Size of the memory in bytes.</summary>
    public long Bytes => _memory.Rows * StepNumbers * sizeof(float);

    /// <summary>Reads all memory once.</summary>
    /// <returns>Bytes per second of all threads together.</returns>
    public double Measure(int threads)
    {
        var rows = _memory.Rows / threads;
        var spent = Spent.On(() => Workers.Run(threads, threads, (piece, _) => Sum(piece * rows, rows)));
        return (double)rows * threads * StepNumbers * sizeof(float) / spent.Seconds(threads);
    }

    /// <summary>Reads the first bytes repeatedly, from the cache that they fit into.</summary>
    /// <param name="count">Bytes of one pass.</param>
    /// <param name="passes">Number of passes.</param>
    /// <returns>Bytes per second.</returns>
    public double MeasureAgain(long count, int passes)
    {
        var rows = Math.Clamp(count / (StepNumbers * sizeof(float)), 1, _memory.Rows);
        var spent = Spent.On(() =>
        {
            for (var pass = 0; pass < passes; pass++) Sum(0, rows);
        });
        return (double)rows * passes * StepNumbers * sizeof(float) / spent.Seconds(1);
    }

    /// <summary>Reads all memory on one thread, so that the caches hold nothing else.</summary>
    public void Evict() => Sum(0, _memory.Rows);

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    private float Sum(long firstRow, long rows)
    {
        var from = _memory.Pointer + firstRow * StepNumbers;
        var count = rows * StepNumbers;
        if (SimdWidth.Is512) return Sum<Simd512>(from, count);
        return SimdWidth.Is256 ? Sum<Simd256>(from, count) : Sum<Simd128>(from, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Sum<TSimd>(float* from, long count)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        TSimd a = TSimd.Create(0), b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        for (var end = from + count; from < end; from += 8 * TSimd.Count)
        {
            a += TSimd.Load(from);
            b += TSimd.Load(from + TSimd.Count);
            c += TSimd.Load(from + 2 * TSimd.Count);
            d += TSimd.Load(from + 3 * TSimd.Count);
            e += TSimd.Load(from + 4 * TSimd.Count);
            f += TSimd.Load(from + 5 * TSimd.Count);
            g += TSimd.Load(from + 6 * TSimd.Count);
            h += TSimd.Load(from + 7 * TSimd.Count);
        }

        var numbers = stackalloc float[TSimd.Count];
        (a + b + (c + d) + (e + f + (g + h))).Store(numbers);
        return numbers[0];
    }
}
