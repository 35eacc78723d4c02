using System.Runtime.Intrinsics;

namespace Kindred.Numerics;

/// <summary>Weighted sums of outer products, Σ_r w_r x_r x_rᵀ: the Gram matrix of embeddings, the Hessian of a logistic
/// regression.</summary>
/// <remarks>
/// Rows are summed in float32 within chunks of <see cref="ChunkRows"/> and the chunks in double precision, always in the same
/// order, so the result does not depend on the number of threads.
/// </remarks>
internal static unsafe class GramMatrix
{
    /// <summary>Rows summed in single precision before they are added in double precision.</summary>
    public const int ChunkRows = 240;

    // Partial sums are kept for this many blocks of rows, for any number of threads.
    private const int Blocks = 32;

    /// <summary>Computes XᵀX of a matrix with rows of a length that is a multiple of 8.</summary>
    /// <returns>[columns × columns] row-major, symmetric.</returns>
    public static double[] Of(AlignedMatrix matrix, int threads, CancellationToken cancellation = default)
    {
        var n = matrix.Columns;
        var chunks = (matrix.Rows + ChunkRows - 1) / ChunkRows;
        var partial = new double[Blocks][];
        Workers.Run(threads, Blocks, (block, _) =>
        {
            using var accumulator = new Accumulator(n);
            for (var chunk = chunks * block / Blocks; chunk < chunks * (block + 1) / Blocks; chunk++)
            {
                var first = chunk * ChunkRows;
                var rows = (int)Math.Min(ChunkRows, matrix.Rows - first);
                accumulator.Add(matrix, first, rows, default);
            }

            partial[block] = new double[n * n];
            accumulator.MoveTo(partial[block]);
        }, cancellation);

        var total = partial[0];
        for (var block = 1; block < Blocks; block++)
        {
            for (var i = 0; i < total.Length; i++) total[i] += partial[block][i];
        }

        return total;
    }

    /// <summary>Adds up one chunk of rows after the other; each thread has one.</summary>
    public sealed class Accumulator : IDisposable
    {
        private const int BlockStride = ChunkRows * ColumnBlocks.Width;
        private readonly int _columns;
        private readonly int _padded;
        private readonly AlignedMatrix _blocks;
        private readonly AlignedMatrix _weighted;
        private readonly AlignedMatrix _product;

        // In the layout of the product, so that adding a chunk is one pass over contiguous numbers.
        private readonly double[] _sum;

        /// <summary>Creates a sum of zeros for rows of <paramref name="columns"/> numbers.</summary>
        public Accumulator(int columns)
        {
            _columns = columns;
            _padded = (columns + 15) / 16 * 16;
            _blocks = new AlignedMatrix(ChunkRows, _padded);
            _weighted = new AlignedMatrix(ChunkRows, _padded);
            _product = new AlignedMatrix(_padded, _padded);
            _sum = new double[_padded * _padded];
        }

        /// <summary>Adds Σ w_r x_r x_rᵀ over at most <see cref="ChunkRows"/> rows; only their first numbers are read.</summary>
        /// <param name="matrix">The matrix of the rows.</param>
        /// <param name="first">The first row.</param>
        /// <param name="count">Number of rows.</param>
        /// <param name="weights">[count], or empty for ones.</param>
        public void Add(AlignedMatrix matrix, long first, int count, ReadOnlySpan<float> weights)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(count, ChunkRows);
            for (var r = 0; r < count; r++) Load(matrix.Row(first + r)[.._columns], r);
            var left = _blocks.Pointer;
            if (!weights.IsEmpty)
            {
                left = _weighted.Pointer;
                Scale(left, count, weights);
            }

            new Span<float>(_product.Pointer, _padded * _padded).Clear();
            ColumnBlockKernels.AddTransposedProduct(
                new ColumnBlocks(left, BlockStride, _columns), new ColumnBlocks(_blocks.Pointer, BlockStride, _padded), count,
                new ColumnBlocks(_product.Pointer, _padded * ColumnBlocks.Width, _padded), upperOnly: true);
            for (var block = 0; block < _padded; block += 16)
            {
                // Only the blocks on and above the diagonal were computed.
                AddWidened(_product.Pointer + block * _padded, _sum.AsSpan(block * _padded, (block + 16) * 16));
            }
        }

        /// <summary>Writes both triangles of the sum, and resets it to zero.</summary>
        /// <param name="square">[columns × columns] row-major.</param>
        public void MoveTo(Span<double> square)
        {
            for (var j = 0; j < _columns; j++)
            {
                var block = j / 16 * 16 * _padded + j % 16;
                for (var i = 0; i <= j; i++)
                {
                    square[i * _columns + j] = square[j * _columns + i] = _sum[block + i * 16];
                }
            }

            Array.Clear(_sum);
        }

        /// <summary>Resets the sum to zero.</summary>
        public void Clear() => Array.Clear(_sum);

        /// <inheritdoc/>
        public void Dispose()
        {
            _blocks.Dispose();
            _weighted.Dispose();
            _product.Dispose();
        }

        private void Load(ReadOnlySpan<float> row, int place)
        {
            for (var p = 0; p < _columns; p += 16)
            {
                var part = row[p..Math.Min(p + 16, _columns)];
                part.CopyTo(new Span<float>(_blocks.Pointer + (long)p * ChunkRows + place * 16, 16));
            }
        }

        private void Scale(float* to, int count, ReadOnlySpan<float> weights)
        {
            for (var p = 0; p < _padded; p += 16)
            {
                float* from = _blocks.Pointer + (long)p * ChunkRows, block = to + (long)p * ChunkRows;
                for (var r = 0; r < count; r++)
                {
                    var weight = Vector256.Create(weights[r]);
                    (Vector256.Load(from + r * 16) * weight).Store(block + r * 16);
                    (Vector256.Load(from + r * 16 + 8) * weight).Store(block + r * 16 + 8);
                }
            }
        }

        private static void AddWidened(float* values, Span<double> sums)
        {
            fixed (double* sum = sums)
            {
                for (var i = 0; i < sums.Length; i += 8)
                {
                    var (low, high) = Vector256.Widen(Vector256.Load(values + i));
                    (Vector256.Load(sum + i) + low).Store(sum + i);
                    (Vector256.Load(sum + i + 4) + high).Store(sum + i + 4);
                }
            }
        }
    }
}
