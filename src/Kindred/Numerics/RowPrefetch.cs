using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Kindred.Numerics;

/// <summary>Prefetches the next rows into the second-level cache, a little at a time while a kernel computes.</summary>
/// <remarks>
/// Scattered rows of a matrix come from main memory, and a core can wait for only a few cache lines at a time: requesting all rows together
/// would stall it. Kernels take a turn every few hundred cycles instead.
/// </remarks>
internal sealed unsafe class RowPrefetch
{
    private const int LineBytes = 64;
    private readonly int[] _rows;
    private AlignedMatrix? _from;
    private int _count;
    private int _row;
    private int _line;
    private int _lines;
    private int _perTurn;

    /// <summary>Makes room for a number of rows.</summary>
    public RowPrefetch(int rows) => _rows = new int[rows];

    /// <summary>Sets the rows to prefetch; earlier rows that are not fetched yet are dropped.</summary>
    /// <param name="from">The matrix of the rows.</param>
    /// <param name="rows">The rows to prefetch.</param>
    /// <param name="turns">The number of turns to spread them over.</param>
    public void Want(AlignedMatrix from, ReadOnlySpan<int> rows, int turns)
    {
        rows.CopyTo(_rows);
        (_from, _count, _row, _line) = (from, Sse.IsSupported ? rows.Length : 0, 0, 0);
        _lines = (from.Columns * sizeof(float) + LineBytes - 1) / LineBytes;
        _perTurn = (rows.Length * _lines + turns - 1) / turns;
    }

    /// <summary>Requests the next few cache lines.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Turn()
    {
        if (_row >= _count) return;
        var from = _from!.Pointer;
        long columns = _from.Columns;
        var row = (byte*)(from + _rows[_row] * columns);
        for (var left = _perTurn; left > 0; left--)
        {
            Sse.Prefetch1(row + _line * LineBytes);
            if (++_line < _lines) continue;
            _line = 0;
            if (++_row >= _count) return;
            row = (byte*)(from + _rows[_row] * columns);
        }
    }
}
