using System.Runtime.InteropServices;

namespace Kindred.Numerics;

/// <summary>A dense float32 matrix [rows × columns], row-major, outside the garbage-collected heap and aligned to 64 bytes.</summary>
/// <remarks>Indexed by 64-bit rows, so that it may be larger than an array. Starts as zeros.</remarks>
public sealed unsafe class AlignedMatrix : IDisposable
{
    private float* _data;

    /// <summary>Creates a matrix of zeros.</summary>
    public AlignedMatrix(long rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        Rows = rows;
        Columns = columns;
        var bytes = checked((nuint)(rows * columns * sizeof(float)));
        // One cache line more, so that whole vectors may be read at the end.
        _data = (float*)NativeMemory.AlignedAlloc(bytes + 64, HugePages.Alignment(bytes));
        HugePages.Ask(_data, bytes);
        NativeMemory.Clear(_data, bytes + 64);
        GC.AddMemoryPressure((long)bytes + 64);
    }

    /// <summary>Frees a matrix that was not disposed of.</summary>
    ~AlignedMatrix() => Free();

    /// <summary>Number of rows.</summary>
    public long Rows { get; }

    /// <summary>Length of a row.</summary>
    public int Columns { get; }

    /// <summary>The first element; valid until the matrix is disposed.</summary>
    internal float* Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_data is null, this);
            return _data;
        }
    }

    /// <summary>One row.</summary>
    public Span<float> Row(long row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)row, (ulong)Rows);
        return new Span<float>(Pointer + row * Columns, Columns);
    }

    /// <summary>Consecutive rows as one span.</summary>
    /// <exception cref="OverflowException">The rows hold more than 2³¹ − 1 elements.</exception>
    public Span<float> RowRange(long first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, Rows);
        return new Span<float>(Pointer + first * Columns, checked(count * Columns));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_data is null) return;
        NativeMemory.AlignedFree(_data);
        _data = null;
        GC.RemoveMemoryPressure(Rows * Columns * sizeof(float) + 64);
    }
}
