namespace Kindred.Numerics;

/// <summary>A tall matrix in chunks of a few rows, each in column blocks (<see cref="ColumnBlockKernels"/>), so that a chunk stays in cache
/// while it is used twice.</summary>
/// <remarks>
/// A chunk is padded with rows of zeros to a multiple of 6. A <em>place</em> counts all rows of all chunks, padding included:
/// values of rows are stored by place.
/// </remarks>
internal sealed unsafe class ChunkedRows : IDisposable
{
    /// <summary>Maximum rows of a chunk: 200 KB at 270 columns.</summary>
    public const int MostRows = 192;

    private const int Width = ColumnBlocks.Width;

    private readonly int[] _starts;
    private readonly AlignedMatrix _data;

    /// <param name="heights">Rows of each chunk, at most <see cref="MostRows"/>.</param>
    /// <param name="columns">Numbers per row; rounded up to a multiple of 16.</param>
    public ChunkedRows(IReadOnlyList<int> heights, int columns)
    {
        Columns = (columns + Width - 1) / Width * Width;
        _starts = new int[heights.Count + 1];
        for (var chunk = 0; chunk < heights.Count; chunk++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)heights[chunk], (uint)MostRows);
            _starts[chunk + 1] = checked(_starts[chunk] +
                (heights[chunk] + ColumnBlockKernels.RowStep - 1) / ColumnBlockKernels.RowStep * ColumnBlockKernels.RowStep);
        }

        _data = new AlignedMatrix(Places, Columns);
    }

    /// <summary>Numbers per row, a multiple of 16.</summary>
    public int Columns { get; }

    /// <summary>Number of chunks.</summary>
    public int Chunks => _starts.Length - 1;

    /// <summary>Rows of all chunks, padding included.</summary>
    public int Places => _starts[^1];

    /// <summary>The place of a chunk's first row.</summary>
    public int Start(int chunk) => _starts[chunk];

    /// <summary>Rows of a chunk, padding included.</summary>
    public int Height(int chunk) => _starts[chunk + 1] - _starts[chunk];

    /// <summary>Writes one row.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="row">Its row.</param>
    /// <param name="values">[<see cref="Columns"/>].</param>
    public void Set(int chunk, int row, ReadOnlySpan<float> values)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Height(chunk));
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, Columns);
        for (var first = 0; first < Columns; first += Width)
        {
            var to = Chunk(chunk) + (long)first * Height(chunk) + row * Width;
            values.Slice(first, Width).CopyTo(new Span<float>(to, Width));
        }
    }

    /// <summary>product = chunk · weights, for some blocks of 16 columns of the weights.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="weights">Column blocks [<see cref="Columns"/> × any], one after the other: see <see cref="NewBlocks"/>.</param>
    /// <param name="first">The first block.</param>
    /// <param name="end">The block after the last.</param>
    /// <param name="product">As many blocks [<see cref="MostRows"/> × any]; only the rows of the chunk are written.</param>
    public void Multiply(int chunk, AlignedMatrix weights, int first, int end, AlignedMatrix product)
    {
        Check(weights, product, end);
        ColumnBlockKernels.Multiply(
            BlocksOf(chunk),
            new ColumnBlocks(weights.Pointer + (long)first * Columns * Width, Columns * Width, (end - first) * Width),
            null,
            new ColumnBlocks(product.Pointer + (long)first * MostRows * Width, MostRows * Width, (end - first) * Width), Height(chunk),
            ColumnBlockKernels.Finish.None);
    }

    /// <summary>sums += chunkᵀ · right, for some blocks of 16 columns of the right side.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="right">Column blocks [<see cref="MostRows"/> × any]; only the rows of the chunk are read.</param>
    /// <param name="first">The first block.</param>
    /// <param name="end">The block after the last.</param>
    /// <param name="sums">As many blocks [<see cref="Columns"/> × any].</param>
    public void AddTransposedProduct(int chunk, AlignedMatrix right, int first, int end, AlignedMatrix sums)
    {
        Check(sums, right, end);
        ColumnBlockKernels.AddTransposedProduct(
            BlocksOf(chunk), new ColumnBlocks(right.Pointer + (long)first * MostRows * Width, MostRows * Width, (end - first) * Width),
            Height(chunk),
            new ColumnBlocks(sums.Pointer + (long)first * Columns * Width, Columns * Width, (end - first) * Width));
    }

    /// <summary>Creates column blocks with a number of rows each, one after the other, in a matrix of 16 columns: block p begins at row p ·
    /// rows.</summary>
    public static AlignedMatrix NewBlocks(int rows, int blocks) => new((long)rows * blocks, Width);

    /// <summary>gram += chunkᵀ · chunk; entries below the diagonal of 16 × 16 blocks are not changed.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="gram">[<see cref="Columns"/> × <see cref="Columns"/>], blocks of 16 columns: entry (i, j) is at
    /// <see cref="ColumnBlockKernels.Place"/>.</param>
    public void AddGram(int chunk, AlignedMatrix gram)
    {
        if (gram.Rows != Columns || gram.Columns != Columns)
        {
            throw new ArgumentException($"{gram.Rows} × {gram.Columns} for rows of {Columns}.");
        }
        ColumnBlockKernels.AddTransposedProduct(
            BlocksOf(chunk), BlocksOf(chunk), Height(chunk), new ColumnBlocks(gram.Pointer, Columns * Width, Columns), upperOnly: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _data.Dispose();

    private ColumnBlocks BlocksOf(int chunk) => new(Chunk(chunk), Height(chunk) * Width, Columns);

    private float* Chunk(int chunk) => _data.Pointer + (long)_starts[chunk] * Columns;

    private void Check(AlignedMatrix ofColumns, AlignedMatrix ofRows, int blocks)
    {
        if (ofColumns.Rows < (long)Columns * blocks || ofRows.Rows < (long)MostRows * blocks || ofColumns.Columns != Width
            || ofRows.Columns != Width)
        {
            throw new ArgumentException(
                $"{ofColumns.Rows} × {ofColumns.Columns} and {ofRows.Rows} × {ofRows.Columns} are not " +
                $"{blocks} column blocks for rows of {Columns}.");
        }
    }
}
