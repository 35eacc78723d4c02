using Kindred.Numerics;
using Kindred.Sampling;

namespace Kindred.Tests.Numerics;

public sealed class SymmetricEigenTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(9)]
    [InlineData(24)]
    [InlineData(70)]
    public void Values_and_vectors_reconstruct_a_random_matrix(int n)
    {
        var numbers = TestNumbers.Array(n * n, (ulong)n);
        AssertDecomposes(n, (i, j) => numbers[Math.Min(i, j) * n + Math.Max(i, j)]);
    }

    [Fact]
    public void Matrices_with_equal_or_zero_eigenvalues_are_decomposed()
    {
        AssertDecomposes(12, (i, j) => i == j ? 3 : 0);
        AssertDecomposes(12, (_, _) => 0);
        AssertDecomposes(12, (i, j) => (i + 1) * (j + 1) * 1e6);
        AssertDecomposes(12, (i, j) => i == j ? Math.Pow(10, i - 6) : 0);
        AssertDecomposes(12, (i, j) => i / 4 == j / 4 ? 1e-9 : 0);
    }

    [Fact]
    public void Rounding_residues_of_a_low_rank_matrix_do_not_break_the_decomposition()
    {
        AssertDecomposes(24, (i, j) => i % 2 == 0 && j % 2 == 0 ? 1e-60 : 0);
        for (var seed = 1UL; seed <= 60; seed++)
        {
            var random = new SeededRandom(seed);
            var vector = Enumerable.Range(0, 16).Select(_ => random.NextInt32(3) - 1.0).ToArray();
            if (vector.Any(value => value != 0)) AssertDecomposes(16, (i, j) => vector[i] * vector[j]);
        }
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_refused() =>
        Assert.False(SymmetricEigen.Decompose(new double[] { 1, double.NaN, double.NaN, 1 }, 2, new double[2], new double[4]));

    private static void AssertDecomposes(int n, Func<int, int, double> at)
    {
        double[] matrix = [.. Enumerable.Range(0, n * n).Select(place => at(place / n, place % n))], values = new double[n], vectors = new double[n * n];
        var scale = matrix.Max(Math.Abs);
        Assert.True(SymmetricEigen.Decompose((double[])matrix.Clone(), n, values, vectors));
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                double sum = 0, product = 0;
                for (var k = 0; k < n; k++)
                {
                    sum += values[k] * vectors[k * n + i] * vectors[k * n + j];
                    product += vectors[i * n + k] * vectors[j * n + k];
                }

                Assert.Equal(matrix[i * n + j], sum, scale * n * 1e-14);
                Assert.Equal(i == j ? 1 : 0, product, 1e-13);
            }
        }
    }
}
