using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Kindred.Numerics;

/// <summary>Brings rows that are wanted next into the second-level cache, a little at a time while a kernel computes.</summary>
/// <remarks>
/// Rows from all over a matrix come from main memory, and a core can wait for only a few lines at once: requested in one go they
/// would hold it up. Kernels take a turn every few hundred cycles instead.
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

    /// <summary>Says which rows are wanted; those of before that are not fetched yet are given up.</summary>
    /// <param name="from">Whose rows.</param>
    /// <param name="rows">Which.</param>
    /// <param name="turns">In how many turns they are to be there.</param>
    public void Want(AlignedMatrix from, ReadOnlySpan<int> rows, int turns)
    {
        rows.CopyTo(_rows);
        (_from, _count, _row, _line) = (from, Sse.IsSupported ? rows.Length : 0, 0, 0);
        _lines = (from.Columns * sizeof(float) + LineBytes - 1) / LineBytes;
        _perTurn = (rows.Length * _lines + turns - 1) / turns;
    }

    /// <summary>Asks for the next few lines.</summary>
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
