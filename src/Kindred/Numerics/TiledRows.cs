namespace Kindred.Numerics;

/// <summary>A tall matrix that lies in tiles of a few rows, each in the layout of <see cref="PanelKernels"/>, so that a tile stays in cache while it is used twice.</summary>
/// <remarks>
/// A tile's rows are filled up with rows of zeros to a multiple of 6. A <em>place</em> counts all rows of all tiles, those too:
/// what goes with the rows, a number each, is kept by place.
/// </remarks>
internal sealed unsafe class TiledRows : IDisposable
{
    /// <summary>The most rows of a tile: 200 KB at 270 columns.</summary>
    public const int MostRows = 192;

    private const int Width = Panels.Width;

    private readonly int[] _starts;
    private readonly AlignedMatrix _data;

    /// <param name="heights">Rows of each tile, at most <see cref="MostRows"/>.</param>
    /// <param name="columns">Numbers a row; kept as the next multiple of 16.</param>
    public TiledRows(IReadOnlyList<int> heights, int columns)
    {
        Columns = (columns + Width - 1) / Width * Width;
        _starts = new int[heights.Count + 1];
        for (var tile = 0; tile < heights.Count; tile++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)heights[tile], (uint)MostRows);
            _starts[tile + 1] = checked(_starts[tile] + (heights[tile] + PanelKernels.RowStep - 1) / PanelKernels.RowStep * PanelKernels.RowStep);
        }

        _data = new AlignedMatrix(Places, Columns);
    }

    /// <summary>Numbers a row, a multiple of 16.</summary>
    public int Columns { get; }

    /// <summary>Tiles.</summary>
    public int Tiles => _starts.Length - 1;

    /// <summary>Rows of all tiles, those that only fill up among them.</summary>
    public int Places => _starts[^1];

    /// <summary>The place of a tile's first row.</summary>
    public int Start(int tile) => _starts[tile];

    /// <summary>Rows of a tile, those that only fill up among them.</summary>
    public int Height(int tile) => _starts[tile + 1] - _starts[tile];

    /// <summary>Writes one row.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="row">Its row.</param>
    /// <param name="values">[<see cref="Columns"/>].</param>
    public void Set(int tile, int row, ReadOnlySpan<float> values)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Height(tile));
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, Columns);
        for (var first = 0; first < Columns; first += Width)
        {
            var to = Tile(tile) + (long)first * Height(tile) + row * Width;
            values.Slice(first, Width).CopyTo(new Span<float>(to, Width));
        }
    }

    /// <summary>product = tile · weights, for some panels of 16 columns of the weights.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="weights">Panels [<see cref="Columns"/> × any], one behind the other: see <see cref="NewPanels"/>.</param>
    /// <param name="first">The first panel.</param>
    /// <param name="end">The one behind the last.</param>
    /// <param name="product">As many panels [<see cref="MostRows"/> × any], of which the tile's height is written.</param>
    public void Multiply(int tile, AlignedMatrix weights, int first, int end, AlignedMatrix product)
    {
        Check(weights, product, end);
        PanelKernels.Multiply(
            PanelsOf(tile), new Panels(weights.Pointer + (long)first * Columns * Width, Columns * Width, (end - first) * Width), null,
            new Panels(product.Pointer + (long)first * MostRows * Width, MostRows * Width, (end - first) * Width), Height(tile), PanelKernels.Finish.None);
    }

    /// <summary>sums += tileᵀ · right, for some panels of 16 columns of the right side.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="right">Panels [<see cref="MostRows"/> × any] of which the tile's height is read.</param>
    /// <param name="first">The first panel.</param>
    /// <param name="end">The one behind the last.</param>
    /// <param name="sums">As many panels [<see cref="Columns"/> × any].</param>
    public void AddTransposedProduct(int tile, AlignedMatrix right, int first, int end, AlignedMatrix sums)
    {
        Check(sums, right, end);
        PanelKernels.AddTransposedProduct(
            PanelsOf(tile), new Panels(right.Pointer + (long)first * MostRows * Width, MostRows * Width, (end - first) * Width), Height(tile),
            new Panels(sums.Pointer + (long)first * Columns * Width, Columns * Width, (end - first) * Width));
    }

    /// <summary>Panels of so many rows, one behind the other, in a matrix of 16 columns: panel p begins at row p · rows.</summary>
    public static AlignedMatrix NewPanels(int rows, int panels) => new((long)rows * panels, Width);

    /// <summary>gram += tileᵀ · tile; what is below the diagonal of 16 × 16 blocks is left as it is.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="gram">[<see cref="Columns"/> × <see cref="Columns"/>], panels of 16 columns: number (i, j) stands where <see cref="PanelKernels.Place"/> says.</param>
    public void AddGram(int tile, AlignedMatrix gram)
    {
        if (gram.Rows != Columns || gram.Columns != Columns) throw new ArgumentException($"{gram.Rows} × {gram.Columns} for rows of {Columns}.");
        PanelKernels.AddTransposedProduct(
            PanelsOf(tile), PanelsOf(tile), Height(tile), new Panels(gram.Pointer, Columns * Width, Columns), upperOnly: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _data.Dispose();

    private Panels PanelsOf(int tile) => new(Tile(tile), Height(tile) * Width, Columns);

    private float* Tile(int tile) => _data.Pointer + (long)_starts[tile] * Columns;

    private void Check(AlignedMatrix ofColumns, AlignedMatrix ofRows, int panels)
    {
        if (ofColumns.Rows < (long)Columns * panels || ofRows.Rows < (long)MostRows * panels || ofColumns.Columns != Width || ofRows.Columns != Width)
        {
            throw new ArgumentException($"{ofColumns.Rows} × {ofColumns.Columns} and {ofRows.Rows} × {ofRows.Columns} are not {panels} panels for rows of {Columns}.");
        }
    }
}
