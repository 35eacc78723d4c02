using Kindred.Numerics;

namespace Kindred.Tests.Numerics;

public sealed class GramMatrixTests
{
    [Theory]
    [InlineData(0, 8)]
    [InlineData(1, 16)]
    [InlineData(239, 24)]
    [InlineData(240, 40)]
    [InlineData(241, 16)]
    [InlineData(8001, 24)]
    public void Equals_a_loop_in_double_precision(int rows, int columns)
    {
        using var matrix = TestNumbers.Matrix(rows, columns, 1);
        AssertNear(Reference(matrix, columns, rows, null), GramMatrix.Of(matrix, 2), columns);
    }

    [Fact]
    public void Has_the_same_bits_for_any_number_of_threads()
    {
        using var matrix = TestNumbers.Matrix(20_011, 24, 2);
        var one = GramMatrix.Of(matrix, 1);
        Assert.Equal(one, GramMatrix.Of(matrix, 2));
        Assert.Equal(one, GramMatrix.Of(matrix, 5));
    }

    [Theory]
    [InlineData(1, 8)]
    [InlineData(100, 18)]
    [InlineData(240, 33)]
    public void An_accumulator_weights_rows_and_reads_only_its_columns(int rows, int columns)
    {
        using var matrix = TestNumbers.Matrix(rows, 48, 3);
        for (var r = 0; r < rows; r++) matrix.Row(r)[columns..].Fill(float.NaN);
        var weights = TestNumbers.Array(rows, 4);
        using var accumulator = new GramMatrix.Accumulator(columns);
        accumulator.Add(matrix, 0, rows, weights);
        var found = new double[columns * columns];
        accumulator.MoveTo(found);
        AssertNear(Reference(matrix, columns, rows, weights), found, columns);
    }

    [Fact]
    public void An_accumulator_sums_its_chunks_and_restarts_at_zero()
    {
        using var matrix = TestNumbers.Matrix(300, 16, 5);
        using var accumulator = new GramMatrix.Accumulator(16);
        double[] first = new double[256], second = new double[256];
        accumulator.Add(matrix, 0, 240, default);
        accumulator.Add(matrix, 240, 60, default);
        accumulator.MoveTo(first);
        AssertNear(Reference(matrix, 16, 300, null), first, 16);

        // A shorter chunk after a longer one must not read the longer one's rows.
        accumulator.Add(matrix, 0, 7, default);
        accumulator.MoveTo(second);
        AssertNear(Reference(matrix, 16, 7, null), second, 16);
    }

    [Fact]
    public void A_long_sum_keeps_the_precision_of_a_short_one()
    {
        // With 60,000 rows of 0.1, a single-precision sum would be off by at least 1e-4.
        using var matrix = new AlignedMatrix(60_000, 8);
        matrix.RowRange(0, 60_000).Fill(0.1f);
        var expected = 60_000 * ((double)0.1f * 0.1f);
        Assert.All(GramMatrix.Of(matrix, 1), value => Assert.Equal(expected, value, expected * 2e-6));
    }

    private static double[] Reference(AlignedMatrix matrix, int columns, int rows, float[]? weights)
    {
        var sum = new double[columns * columns];
        for (var r = 0; r < rows; r++)
        {
            var row = matrix.Row(r);
            for (var i = 0; i < columns; i++)
            {
                for (var j = 0; j < columns; j++) sum[i * columns + j] += (weights?[r] ?? 1.0) * row[i] * row[j];
            }
        }

        return sum;
    }

    private static void AssertNear(double[] expected, double[] actual, int columns)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            // Chunks are summed in single precision, so errors are relative to the lengths of the two columns.
            var lengths = Math.Sqrt(Math.Abs(expected[i / columns * (columns + 1)] * expected[i % columns * (columns + 1)]));
            Assert.Equal(expected[i], actual[i], 1e-6 + 2e-6 * lengths);
        }
    }
}
