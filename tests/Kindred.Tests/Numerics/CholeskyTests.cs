using Kindred.Numerics;

namespace Kindred.Tests.Numerics;

public sealed class CholeskyTests
{
    [Fact]
    public void Factors_a_known_matrix_without_reading_its_upper_triangle()
    {
        double[] matrix = [4, double.NaN, double.NaN, 12, 37, double.NaN, -16, -43, 98];
        Assert.True(Cholesky.Factor(matrix, 3));
        Assert.Equal([2, 6, 1, -8, 5, 3], new[] { matrix[0], matrix[3], matrix[4], matrix[6], matrix[7], matrix[8] });

        // [[4, 12, −16], [12, 37, −43], [−16, −43, 98]] · (1, 2, 3) = (−20, −43, 192).
        double[] b = [-20, -43, 192];
        Cholesky.Solve(matrix, 3, b);
        Assert.Equal([1, 2, 3], b.Select(x => Math.Round(x, 12)));
    }

    [Fact]
    public void Solves_random_positive_definite_systems() =>
        Gen.Select(Gen.Int[1, 40], Gen.ULong).Sample((n, seed) =>
        {
            var matrix = PositiveDefinite(n, seed);
            var x = TestNumbers.Array(n, seed + 1).Select(value => (double)value).ToArray();
            var b = new double[n];
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++) b[i] += matrix[i * n + j] * x[j];
            }

            Assert.True(Cholesky.Factor(matrix, n));
            Cholesky.Solve(matrix, n, b);
            for (var i = 0; i < n; i++) Assert.Equal(x[i], b[i], 1e-9);
        });

    [Theory]
    [InlineData(1, 2, 1)]
    [InlineData(0, 0, 1)]
    [InlineData(-1, 0, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(double.NaN, 0, 1)]
    [InlineData(1, double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 0, 1)]
    public void Refuses_a_matrix_that_is_not_positive_definite(double a, double b, double c) =>
        Assert.False(Cholesky.Factor([a, b, b, c], 2));

    [Fact]
    public void Finds_the_one_negative_direction_of_a_large_matrix()
    {
        const int n = 30;
        var matrix = PositiveDefinite(n, 7);
        matrix[^1] = -1e-9;
        Assert.False(Cholesky.Factor(matrix, n));
    }

    private static double[] PositiveDefinite(int n, ulong seed)
    {
        var rows = TestNumbers.Array(n * n, seed);
        var matrix = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                for (var k = 0; k < n; k++) matrix[i * n + j] += (double)rows[i * n + k] * rows[j * n + k];
            }

            matrix[i * n + i] += 0.1;
        }

        return matrix;
    }
}
