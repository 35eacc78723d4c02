namespace Kindred.Numerics;

/// <summary>A matrix in the layout of <see cref="ColumnBlockKernels"/>: its start, and the distance of its blocks.</summary>
/// <param name="start">The first number.</param>
/// <param name="stride">Numbers from one block to the next, at least 16 · rows.</param>
/// <param name="columns">Columns in use; the last block may be longer, and holds zeros there.</param>
internal readonly unsafe struct ColumnBlocks(float* start, int stride, int columns)
{
    /// <summary>Columns of a block.</summary>
    public const int Width = 16;

    /// <summary>Numbers from one block to the next.</summary>
    public readonly int Stride = stride;

    /// <summary>Columns in use.</summary>
    public readonly int Columns = columns;

    private readonly float* _start = start;

    /// <summary>The first row of a column; its other rows follow at distances of 16.</summary>
    public float* Column(int column) => _start + (long)(column / Width) * Stride + column % Width;
}
