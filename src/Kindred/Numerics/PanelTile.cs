namespace Kindred.Numerics;

/// <summary>Some rows of a matrix in the layout of <see cref="PanelKernels"/>, as working space of one thread.</summary>
/// <remarks>Kernels handle rows in steps, so the rows behind those in use hold anything.</remarks>
internal sealed unsafe class PanelTile : IDisposable
{
    /// <summary>What room for rows is a multiple of: all steps of the kernels fit.</summary>
    public const int RowStep = 48;

    private readonly AlignedMatrix _panels;

    /// <param name="rows">Room for this many rows: a multiple of <see cref="RowStep"/>.</param>
    /// <param name="columns">Columns in use; there is room for a multiple of 16.</param>
    public PanelTile(int rows, int columns)
    {
        if (rows % RowStep != 0) throw new ArgumentException($"A tile of {rows} × {columns}: rows must be a multiple of {RowStep}.");
        _panels = new AlignedMatrix(rows, (columns + Panels.Width - 1) / Panels.Width * Panels.Width);
        Columns = columns;
    }

    /// <summary>Room for rows.</summary>
    public int Rows => (int)_panels.Rows;

    /// <summary>Columns in use.</summary>
    public int Columns { get; }

    /// <summary>Columns with those that fill the last panel: the rows that weights on this have room for.</summary>
    public int Stride => _panels.Columns;

    private Panels InUse => new(_panels.Pointer, Rows * Panels.Width, Columns);

    private Panels Whole => new(_panels.Pointer, Rows * Panels.Width, Stride);

    /// <summary>Reads rows of a matrix as wide as this.</summary>
    public void Gather(AlignedMatrix from, ReadOnlySpan<int> rows)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(from.Columns, Stride);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows.Length, Rows);
        foreach (var row in rows) ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)row, (ulong)from.Rows);
        fixed (int* r = rows) PanelRowKernels.Gather(from.Pointer, r, rows.Length, Whole);
    }

    /// <summary>output = max(0, this · weights + bias).</summary>
    /// <param name="weights">Panels [stride × output columns], packed.</param>
    /// <param name="bias">[output columns], or empty for none.</param>
    /// <param name="output">As many rows as this.</param>
    /// <param name="rows">Rows in use.</param>
    /// <param name="prefetch">What is asked for along the way, or null.</param>
    public void MultiplyRelu(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, PanelTile output, int rows, RowPrefetch? prefetch = null) =>
        Multiply(weights, bias, output, rows, PanelKernels.Finish.Relu, prefetch);

    /// <summary>output = this · weights where it was above 0, else 0: the gradient through the rectified units whose values it held.</summary>
    /// <param name="weights">Panels [stride × output columns], packed.</param>
    /// <param name="output">As many rows as this.</param>
    /// <param name="rows">Rows in use.</param>
    /// <param name="prefetch">What is asked for along the way, or null.</param>
    public void MultiplyGated(ReadOnlySpan<float> weights, PanelTile output, int rows, RowPrefetch? prefetch = null) =>
        Multiply(weights, default, output, rows, PanelKernels.Finish.Gate, prefetch);

    /// <summary>product += thisᵀ · right.</summary>
    /// <param name="right">As many rows as this.</param>
    /// <param name="rows">Rows in use.</param>
    /// <param name="product">Panels [stride × right's columns], packed.</param>
    public void AddTransposedProduct(PanelTile right, int rows, Span<float> product)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(product.Length, Stride * right.Stride);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Math.Min(Rows, right.Rows));
        fixed (float* p = product)
        {
            PanelKernels.AddTransposedProduct(InUse, right.Whole, rows, new Panels(p, Stride * Panels.Width, right.Stride));
        }
    }

    /// <summary>lanes += the products of each row with one vector, in sixteen parts.</summary>
    /// <param name="weights">[stride].</param>
    /// <param name="rows">Rows in use.</param>
    /// <param name="lanes">[tile's rows × 16].</param>
    public void AddDots(ReadOnlySpan<float> weights, int rows, AlignedMatrix lanes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, Stride);
        RequireRows(rows, lanes);
        fixed (float* w = weights) PanelRowKernels.AddDots(Whole, w, RoundUp(rows, PanelRowKernels.RowStep), lanes.Pointer);
    }

    /// <summary>sum += Σ factor · row.</summary>
    /// <param name="factors">One for each row in use.</param>
    /// <param name="sum">[stride].</param>
    public void AddWeightedRows(ReadOnlySpan<float> factors, Span<float> sum)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(sum.Length, Stride);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(factors.Length, Rows);
        fixed (float* f = factors, s = sum) PanelRowKernels.AddWeightedRows(Whole, f, factors.Length, s);
    }

    /// <summary>The way back from the scores through the output and the rectified units whose values this holds.</summary>
    /// <remarks>Replaces the values by the derivatives of the loss by the units' sums.</remarks>
    /// <param name="slopes">Derivatives of the loss by the scores, one for each row in use.</param>
    /// <param name="output">[stride] weights.</param>
    /// <param name="gradient">[stride] where those by the output's weights are added.</param>
    /// <param name="biasGradient">[stride] where those by the units' biases are, or empty.</param>
    public void BackThroughOutput(ReadOnlySpan<float> slopes, ReadOnlySpan<float> output, Span<float> gradient, Span<float> biasGradient)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slopes.Length, Rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(output.Length, Stride);
        ArgumentOutOfRangeException.ThrowIfNotEqual(gradient.Length, Stride);
        if (!biasGradient.IsEmpty) ArgumentOutOfRangeException.ThrowIfNotEqual(biasGradient.Length, Stride);
        fixed (float* s = slopes, w = output, g = gradient, b = biasGradient)
        {
            PanelRowKernels.BackThroughOutput(Whole, s, w, slopes.Length, g, b);
        }
    }

    /// <summary>The sums of each row's lanes, in one fixed tree.</summary>
    /// <param name="lanes">[rows × 16] or more.</param>
    /// <param name="sums">[rows].</param>
    public static void SumLanes(AlignedMatrix lanes, Span<float> sums)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(lanes.Columns, Panels.Width);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sums.Length, lanes.Rows);
        fixed (float* s = sums) PanelRowKernels.SumLanes(lanes.Pointer, sums.Length, s);
    }

    /// <summary>Turns weights round.</summary>
    /// <param name="weights">Panels [inputs × outputs], packed; both multiples of 16.</param>
    /// <param name="inputs">Rows of the weights.</param>
    /// <param name="transposed">Panels [outputs × inputs], packed.</param>
    public static void Transpose(ReadOnlySpan<float> weights, int inputs, Span<float> transposed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(transposed.Length, weights.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length % (inputs * Panels.Width), 0);
        fixed (float* w = weights, t = transposed) PanelRowKernels.Transpose(w, inputs, weights.Length / inputs, t);
    }

    /// <inheritdoc/>
    public void Dispose() => _panels.Dispose();

    private void Multiply(
        ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, PanelTile output, int rows, PanelKernels.Finish finish, RowPrefetch? prefetch)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, Stride * output.Stride);
        ArgumentOutOfRangeException.ThrowIfNotEqual(output.Rows, Rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Rows);
        if (!bias.IsEmpty) ArgumentOutOfRangeException.ThrowIfNotEqual(bias.Length, output.Stride);
        fixed (float* w = weights, b = bias)
        {
            PanelKernels.Multiply(
                InUse, new Panels(w, Stride * Panels.Width, output.Stride), b, output.Whole, RoundUp(rows, PanelKernels.RowStep), finish, prefetch);
        }
    }

    private void RequireRows(int rows, AlignedMatrix lanes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(lanes.Rows, Rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(lanes.Columns, Panels.Width);
    }

    private static int RoundUp(int rows, int step) => (rows + step - 1) / step * step;
}
