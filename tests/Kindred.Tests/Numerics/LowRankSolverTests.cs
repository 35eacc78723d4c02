using Kindred.Numerics;

namespace Kindred.Tests.Numerics;

public sealed class LowRankSolverTests
{
    private const float Ridge = 0.3f;

    [Theory]
    [InlineData(8, 3)]
    [InlineData(24, 13)]
    [InlineData(64, 1)]
    [InlineData(64, 90)]
    [InlineData(128, 6)]
    public void Many_steps_give_the_solution_of_the_dense_system(int dimension, int count)
    {
        var (matrix, rows, weights, diagonal) = Problem(dimension, count);
        using var solver = new LowRankSolver(matrix, dimension);
        var x = new float[matrix.Columns];
        solver.Improve(x, rows, weights, diagonal, Ridge, 200);
        var expected = Dense(matrix, rows, weights, diagonal, dimension);
        for (var i = 0; i < dimension; i++) Assert.Equal(expected[i], x[i], 2e-5);
        for (var i = dimension; i < x.Length; i++) Assert.Equal(0, x[i]);

        // At the solution another step changes nothing.
        var again = (float[])x.Clone();
        solver.Improve(again, rows, weights, diagonal, Ridge, 3);
        for (var i = 0; i < dimension; i++) Assert.Equal(x[i], again[i], 2e-5);
        matrix.Dispose();
    }

    [Fact]
    public void Every_step_reduces_the_error()
    {
        var (matrix, rows, weights, diagonal) = Problem(64, 40);
        using var solver = new LowRankSolver(matrix, 64);
        var expected = Dense(matrix, rows, weights, diagonal, 64);
        var last = double.PositiveInfinity;
        for (var steps = 0; steps < 6; steps++)
        {
            var x = new float[64];
            solver.Improve(x, rows, weights, diagonal, Ridge, steps);
            var distance = Math.Sqrt(x.Zip(expected, (found, exact) => (found - exact) * (found - exact)).Sum());
            Assert.True(distance < last, $"{steps} steps: {distance}, before {last}.");
            last = distance;
        }

        matrix.Dispose();
    }

    [Fact]
    public void The_solution_is_zero_without_rows_and_NaN_after_an_overflow()
    {
        using var matrix = TestNumbers.Matrix(4, 32, 1);
        using var solver = new LowRankSolver(matrix, 24);
        var x = TestNumbers.Array(32, 2);
        solver.Improve(x, [], [], new float[32], 1, 3);
        Assert.All(x, value => Assert.Equal(0, value));
        solver.Improve(x, [1], [float.PositiveInfinity], new float[32], 1, 3);
        Assert.All(x, value => Assert.True(float.IsNaN(value)));
    }

    [Fact]
    public void Rows_out_of_range_are_refused_before_memory_is_read()
    {
        using var matrix = TestNumbers.Matrix(4, 32, 1);
        using var solver = new LowRankSolver(matrix, 32);
        Assert.Throws<ArgumentOutOfRangeException>(() => solver.Improve(new float[32], [4], [1], new float[32], 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => solver.Improve(new float[32], [-1], [1], new float[32], 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => solver.Improve(new float[16], [1], [1], new float[32], 1, 1));
        Assert.Throws<ArgumentException>(() => new LowRankSolver(matrix, 48));
    }

    // Rows of 'dimension' numbers, padded with the zeros that the kernels read.
    private static (AlignedMatrix Matrix, int[] Rows, float[] Weights, float[] Diagonal) Problem(int dimension, int count)
    {
        var stride = (dimension + 31) / 32 * 32;
        var matrix = TestNumbers.Matrix(200, stride, 3);
        for (var row = 0; row < 200; row++) matrix.Row(row)[dimension..].Clear();
        var diagonal = Array.ConvertAll(TestNumbers.Array(stride, 4), value => 5 * Math.Abs(value));
        return (matrix, [.. Enumerable.Range(0, count).Select(i => i * 37 % 200)], [.. Enumerable.Range(0, count).Select(i => 0.25f + i % 3)], diagonal);
    }

    private static double[] Dense(AlignedMatrix matrix, int[] rows, float[] weights, float[] diagonal, int n)
    {
        double[] system = new double[n * n], solution = new double[n];
        for (var i = 0; i < n; i++) system[i * n + i] = diagonal[i] + (double)Ridge;
        for (var r = 0; r < rows.Length; r++)
        {
            var row = matrix.Row(rows[r]);
            for (var i = 0; i < n; i++)
            {
                solution[i] += (double)weights[r] * row[i];
                for (var j = 0; j < n; j++) system[i * n + j] += (double)weights[r] * row[i] * row[j];
            }
        }

        Assert.True(Cholesky.Factor(system, n));
        Cholesky.Solve(system, n, solution);
        return solution;
    }
}
