namespace Kindred.Numerics;

/// <summary>Some rows of a matrix in column blocks (<see cref="ColumnBlockKernels"/>), as working space of one thread.</summary>
/// <remarks>Kernels handle rows in steps, so the rows after those in use may have any content.</remarks>
internal sealed unsafe class RowChunk : IDisposable
{
    /// <summary>The room for rows is a multiple of this, so that all steps of the kernels fit.</summary>
    public const int RowStep = 48;

    private readonly AlignedMatrix _blocks;

    /// <param name="rows">Number of rows: a multiple of <see cref="RowStep"/>.</param>
    /// <param name="columns">Columns in use; there is room for a multiple of 16.</param>
    public RowChunk(int rows, int columns)
    {
        if (rows % RowStep != 0) throw new ArgumentException($"A chunk of {rows} × {columns}: rows must be a multiple of {RowStep}.");
        _blocks = new AlignedMatrix(rows, (columns + ColumnBlocks.Width - 1) / ColumnBlocks.Width * ColumnBlocks.Width);
        Columns = columns;
    }

    /// <summary>Room for rows.</summary>
    public int Rows => (int)_blocks.Rows;

    /// <summary>Columns in use.</summary>
    public int Columns { get; }

    /// <summary>Number of columns including padding of the last block: the number of rows of weights on this chunk.</summary>
    public int Stride => _blocks.Columns;

    private ColumnBlocks InUse => new(_blocks.Pointer, Rows * ColumnBlocks.Width, Columns);

    private ColumnBlocks Whole => new(_blocks.Pointer, Rows * ColumnBlocks.Width, Stride);

    /// <summary>Reads rows of a matrix of the same width.</summary>
    public void Gather(AlignedMatrix from, ReadOnlySpan<int> rows)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(from.Columns, Stride);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows.Length, Rows);
        foreach (var row in rows) ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)row, (ulong)from.Rows);
        fixed (int* r = rows) ColumnBlockRowKernels.Gather(from.Pointer, r, rows.Length, Whole);
    }

    /// <summary>output = max(0, this · weights + bias).</summary>
    /// <param name="weights">Column blocks [stride × output columns], packed.</param>
    /// <param name="bias">[output columns], or empty for none.</param>
    /// <param name="output">A chunk with as many rows.</param>
    /// <param name="rows">Rows in use.</param>
    /// <param name="prefetch">Rows to prefetch during the computation, or null.</param>
    public void MultiplyRelu(
        ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, RowChunk output, int rows, RowPrefetch? prefetch = null) =>
        Multiply(weights, bias, output, rows, ColumnBlockKernels.Finish.Relu, prefetch);

    /// <summary>output = this · weights where the old output was above 0, else 0: the gradient through rectified units.</summary>
    /// <param name="weights">Column blocks [stride × output columns], packed.</param>
    /// <param name="output">A chunk with as many rows.</param>
    /// <param name="rows">Rows in use.</param>
    /// <param name="prefetch">Rows to prefetch during the computation, or null.</param>
    public void MultiplyGated(ReadOnlySpan<float> weights, RowChunk output, int rows, RowPrefetch? prefetch = null) =>
        Multiply(weights, default, output, rows, ColumnBlockKernels.Finish.Gate, prefetch);

    /// <summary>product += thisᵀ · right.</summary>
    /// <param name="right">A chunk with as many rows.</param>
    /// <param name="rows">Rows in use.</param>
    /// <param name="product">Column blocks [stride × right's columns], packed.</param>
    public void AddTransposedProduct(RowChunk right, int rows, Span<float> product)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(product.Length, Stride * right.Stride);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Math.Min(Rows, right.Rows));
        fixed (float* p = product)
        {
            ColumnBlockKernels.AddTransposedProduct(
                InUse, right.Whole, rows, new ColumnBlocks(p, Stride * ColumnBlocks.Width, right.Stride));
        }
    }

    /// <summary>lanes += the products of each row with one vector, in sixteen parts.</summary>
    /// <param name="weights">[stride].</param>
    /// <param name="rows">Rows in use.</param>
    /// <param name="lanes">[chunk's rows × 16].</param>
    public void AddDots(ReadOnlySpan<float> weights, int rows, AlignedMatrix lanes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, Stride);
        RequireRows(rows, lanes);
        fixed (float* w = weights) ColumnBlockRowKernels.AddDots(Whole, w, RoundUp(rows, ColumnBlockRowKernels.RowStep), lanes.Pointer);
    }

    /// <summary>sum += Σ factor · row.</summary>
    /// <param name="factors">One for each row in use.</param>
    /// <param name="sum">[stride].</param>
    public void AddWeightedRows(ReadOnlySpan<float> factors, Span<float> sum)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(sum.Length, Stride);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(factors.Length, Rows);
        fixed (float* f = factors, s = sum) ColumnBlockRowKernels.AddWeightedRows(Whole, f, factors.Length, s);
    }

    /// <summary>Backpropagates from the scores through the output and the rectified units whose values this chunk holds.</summary>
    /// <remarks>Replaces the values by the derivatives of the loss by the units' sums.</remarks>
    /// <param name="slopes">Derivatives of the loss by the scores, one for each row in use.</param>
    /// <param name="output">[stride] weights.</param>
    /// <param name="gradient">[stride] derivatives by the output's weights are added to it.</param>
    /// <param name="biasGradient">[stride] derivatives by the units' biases are added to it; or empty.</param>
    public void BackThroughOutput(ReadOnlySpan<float> slopes, ReadOnlySpan<float> output, Span<float> gradient, Span<float> biasGradient)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slopes.Length, Rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(output.Length, Stride);
        ArgumentOutOfRangeException.ThrowIfNotEqual(gradient.Length, Stride);
        if (!biasGradient.IsEmpty) ArgumentOutOfRangeException.ThrowIfNotEqual(biasGradient.Length, Stride);
        fixed (float* s = slopes, w = output, g = gradient, b = biasGradient)
        {
            ColumnBlockRowKernels.BackThroughOutput(Whole, s, w, slopes.Length, g, b);
        }
    }

    /// <summary>The sums of each row's lanes, in one fixed tree.</summary>
    /// <param name="lanes">[rows × 16] or more.</param>
    /// <param name="sums">[rows].</param>
    public static void SumLanes(AlignedMatrix lanes, Span<float> sums)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(lanes.Columns, ColumnBlocks.Width);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sums.Length, lanes.Rows);
        fixed (float* s = sums) ColumnBlockRowKernels.SumLanes(lanes.Pointer, sums.Length, s);
    }

    /// <summary>Transposes weights.</summary>
    /// <param name="weights">Column blocks [inputs × outputs], packed; both multiples of 16.</param>
    /// <param name="inputs">Rows of the weights.</param>
    /// <param name="transposed">Column blocks [outputs × inputs], packed.</param>
    public static void Transpose(ReadOnlySpan<float> weights, int inputs, Span<float> transposed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(transposed.Length, weights.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length % (inputs * ColumnBlocks.Width), 0);
        fixed (float* w = weights, t = transposed) ColumnBlockRowKernels.Transpose(w, inputs, weights.Length / inputs, t);
    }

    /// <inheritdoc/>
    public void Dispose() => _blocks.Dispose();

    private void Multiply(
        ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, RowChunk output, int rows, ColumnBlockKernels.Finish finish,
        RowPrefetch? prefetch)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, Stride * output.Stride);
        ArgumentOutOfRangeException.ThrowIfNotEqual(output.Rows, Rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Rows);
        if (!bias.IsEmpty) ArgumentOutOfRangeException.ThrowIfNotEqual(bias.Length, output.Stride);
        fixed (float* w = weights, b = bias)
        {
            ColumnBlockKernels.Multiply(
                InUse, new ColumnBlocks(w, Stride * ColumnBlocks.Width, output.Stride), b, output.Whole,
                RoundUp(rows, ColumnBlockKernels.RowStep), finish, prefetch);
        }
    }

    private void RequireRows(int rows, AlignedMatrix lanes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(lanes.Rows, Rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(lanes.Columns, ColumnBlocks.Width);
    }

    private static int RoundUp(int rows, int step) => (rows + step - 1) / step * step;
}
