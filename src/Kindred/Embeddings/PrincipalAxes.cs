using Kindred.Numerics;

namespace Kindred.Embeddings;

/// <summary>The axes in which the Gram matrix of one side's embeddings V is diagonal: VᵀV = Q diag(spectrum) Qᵀ.</summary>
/// <remarks>
/// The objective depends only on products u·v, which do not change when both sides are rotated together. With V in its principal axes, the
/// unobserved pairs cost a row one multiplication per number instead of a matrix product, and give the preconditioner of its solution.
/// </remarks>
internal sealed class PrincipalAxes : IDisposable
{
    // Rows rotated at a time: with the axes of dimension 128 they fit the second-level cache.
    private const int ChunkRows = 96;
    private readonly AlignedMatrix _axes;
    private readonly AlignedMatrix _back;

    private PrincipalAxes(int dimension, int stride)
    {
        Dimension = dimension;
        Stride = stride;
        _axes = new AlignedMatrix(stride, stride);
        _back = new AlignedMatrix(stride, stride);
        Spectrum = new float[stride];
    }

    /// <summary>Numbers of an embedding.</summary>
    public int Dimension { get; }

    /// <summary>Length of a row, including the padding zeros that kernels need.</summary>
    public int Stride { get; }

    /// <summary>[stride] α₀ times the eigenvalues of VᵀV, then zeros.</summary>
    public float[] Spectrum { get; }

    /// <summary>The length of a row of <paramref name="dimension"/> numbers, including the padding zeros.</summary>
    public static int StrideOf(int dimension) => (dimension + RowProduct.ColumnStep - 1) / RowProduct.ColumnStep * RowProduct.ColumnStep;

    /// <summary>Finds the axes of <paramref name="side"/>.</summary>
    /// <param name="side">[rows × stride], zeros from <paramref name="dimension"/> on.</param>
    /// <param name="dimension">Numbers of an embedding.</param>
    /// <param name="unobservedWeight">α₀.</param>
    /// <param name="threads">Worker threads; the result does not depend on it.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The axes; every number is NaN if a number of the side is not finite.</returns>
    public static PrincipalAxes Of(AlignedMatrix side, int dimension, double unobservedWeight, int threads, CancellationToken cancellation)
    {
        var n = dimension;
        var stride = side.Columns;
        var padded = GramMatrix.Of(side, threads, cancellation);
        var gram = new double[n * n];
        for (var i = 0; i < n; i++) padded.AsSpan(i * stride, n).CopyTo(gram.AsSpan(i * n));
        double[] values = new double[n], vectors = new double[n * n];
        if (!SymmetricEigen.Decompose(gram, n, values, vectors))
        {
            Array.Fill(values, double.NaN);
            Array.Fill(vectors, double.NaN);
        }

        var axes = new PrincipalAxes(n, stride);
        for (var k = 0; k < n; k++)
        {
            // Rounding may make a zero eigenvalue negative.
            axes.Spectrum[k] = (float)(unobservedWeight * Math.Max(values[k], 0));
            for (var i = 0; i < n; i++) axes._back.Row(k)[i] = axes._axes.Row(i)[k] = (float)vectors[k * n + i];
        }

        return axes;
    }

    /// <summary>Working space to rotate rows, for one thread.</summary>
    public AlignedMatrix NewChunk() => new(ChunkRows, Stride);

    /// <summary>Rotates some rows into these axes, in place.</summary>
    public void Turn(AlignedMatrix side, long first, int count, AlignedMatrix chunk) => Turn(side, first, count, _axes, chunk);

    /// <summary>Rotates some rows from these axes back to the original ones, in place.</summary>
    public void TurnBack(AlignedMatrix side, long first, int count, AlignedMatrix chunk) => Turn(side, first, count, _back, chunk);

    /// <inheritdoc/>
    public void Dispose()
    {
        _axes.Dispose();
        _back.Dispose();
    }

    private void Turn(AlignedMatrix side, long first, int count, AlignedMatrix by, AlignedMatrix chunk)
    {
        for (var done = 0; done < count; done += ChunkRows)
        {
            var rows = Math.Min(ChunkRows, count - done);
            side.RowRange(first + done, rows).CopyTo(chunk.RowRange(0, rows));
            RowProduct.Multiply(chunk, by, side, first + done, rows);
        }
    }
}
