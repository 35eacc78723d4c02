namespace Kindred.Numerics;

/// <summary>Some rows of a matrix in the layout of <see cref="PanelKernels"/>, as working space of one thread.</summary>
internal sealed unsafe class PanelTile : IDisposable
{
    private readonly AlignedMatrix _panels;

    /// <param name="rows">Room for this many rows: a multiple of 6.</param>
    /// <param name="columns">A multiple of 16.</param>
    public PanelTile(int rows, int columns)
    {
        if (rows % PanelKernels.RowStep != 0 || columns % PanelKernels.PanelWidth != 0)
        {
            throw new ArgumentException($"A tile of {rows} × {columns}: rows must be a multiple of 6, columns of 16.");
        }

        _panels = new AlignedMatrix(rows, columns);
    }

    /// <summary>Room for rows.</summary>
    public int Rows => (int)_panels.Rows;

    /// <summary>Length of a row.</summary>
    public int Columns => _panels.Columns;

    private int Stride => Rows * PanelKernels.PanelWidth;

    /// <summary>Sixteen consecutive numbers of a row, the first of them a multiple of 16.</summary>
    public Span<float> Sixteen(int row, int first)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)first, (uint)Columns);
        return new Span<float>(_panels.Pointer + (long)first * Rows + row * PanelKernels.PanelWidth, PanelKernels.PanelWidth);
    }

    /// <summary>Copies a whole row in.</summary>
    public void Set(int row, ReadOnlySpan<float> values)
    {
        for (var first = 0; first < Columns; first += PanelKernels.PanelWidth)
        {
            values.Slice(first, PanelKernels.PanelWidth).CopyTo(Sixteen(row, first));
        }
    }

    /// <summary>output = max(0, this · weights + bias) for the first rows, rounded up to a multiple of 6.</summary>
    /// <param name="weights">Panels [columns × output columns], packed.</param>
    /// <param name="bias">[output columns], or empty for none.</param>
    /// <param name="output">As many rows as this.</param>
    /// <param name="rows">Rows in use.</param>
    public void MultiplyRelu(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, PanelTile output, int rows) =>
        Multiply(weights, bias, output, rows, relu: true);

    /// <summary>output = this · weights where gate &gt; 0, else 0: the gradient through rectified linear units.</summary>
    /// <param name="weights">Panels [columns × output columns], packed.</param>
    /// <param name="gate">What the units gave, of the size of the output.</param>
    /// <param name="output">As many rows as this.</param>
    /// <param name="rows">Rows in use.</param>
    public void MultiplyGated(ReadOnlySpan<float> weights, PanelTile gate, PanelTile output, int rows)
    {
        Multiply(weights, default, output, rows, relu: false);
        for (var row = 0; row < rows; row++)
        {
            for (var first = 0; first < output.Columns; first += PanelKernels.PanelWidth)
            {
                var of = output.Sixteen(row, first);
                VectorKernels.ScaleWherePositive(of, 1, of, gate.Sixteen(row, first));
            }
        }
    }

    private void Multiply(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, PanelTile output, int rows, bool relu)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, Columns * output.Columns);
        ArgumentOutOfRangeException.ThrowIfNotEqual(output.Rows, Rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Rows);
        if (!bias.IsEmpty) ArgumentOutOfRangeException.ThrowIfNotEqual(bias.Length, output.Columns);
        var whole = (rows + PanelKernels.RowStep - 1) / PanelKernels.RowStep * PanelKernels.RowStep;
        fixed (float* w = weights, b = bias)
        {
            PanelKernels.Multiply(_panels.Pointer, Stride, Columns, w, b, output._panels.Pointer, output.Stride, output.Columns, whole, relu);
        }
    }

    /// <summary>product += thisᵀ · right over the first rows.</summary>
    /// <param name="right">As many rows as this.</param>
    /// <param name="rows">Rows in use.</param>
    /// <param name="product">Panels [columns × right's columns], packed.</param>
    public void AddTransposedProduct(PanelTile right, int rows, Span<float> product)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(product.Length, Columns * right.Columns);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Math.Min(Rows, right.Rows));
        fixed (float* p = product)
        {
            PanelKernels.AddTransposedProduct(_panels.Pointer, Stride, Columns, right._panels.Pointer, right.Stride, right.Columns, rows, p);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _panels.Dispose();
}
