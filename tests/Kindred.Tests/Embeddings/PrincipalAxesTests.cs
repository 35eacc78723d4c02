using Kindred.Embeddings;
using Kindred.Numerics;
using Kindred.Tests.Numerics;

namespace Kindred.Tests.Embeddings;

public sealed class PrincipalAxesTests
{
    [Theory]
    [InlineData(24)]
    [InlineData(64)]
    public void Rotated_columns_are_orthogonal_products_are_preserved_and_the_inverse_restores_them(int dimension)
    {
        using AlignedMatrix side = Side(300, dimension, 1), other = Side(170, dimension, 2), before = Side(300, dimension, 1), otherBefore = Side(170, dimension, 2);
        using var axes = PrincipalAxes.Of(side, dimension, 0.5, 2, TestContext.Current.CancellationToken);
        using var chunk = axes.NewChunk();
        axes.Turn(side, 0, 300, chunk);
        axes.Turn(other, 0, 100, chunk);
        axes.Turn(other, 100, 70, chunk);
        for (var i = 0; i < dimension; i++)
        {
            for (var j = 0; j < dimension; j++)
            {
                var product = Enumerable.Range(0, 300).Sum(row => (double)side.Row(row)[i] * side.Row(row)[j]);
                Assert.Equal(i == j ? axes.Spectrum[i] / 0.5 : 0, product, 1e-3);
            }
        }

        foreach (var row in new[] { 0, 99, 169 })
        {
            Assert.Equal(Dot(before.Row(row), otherBefore.Row(row)), Dot(side.Row(row), other.Row(row)), 1e-4);
            Assert.All(other.Row(row)[dimension..].ToArray(), value => Assert.Equal(0, value));
        }

        axes.TurnBack(side, 0, 300, chunk);
        for (var row = 0; row < 300; row++)
        {
            for (var i = 0; i < dimension; i++) Assert.Equal(before.Row(row)[i], side.Row(row)[i], 1e-5);
        }
    }

    private static AlignedMatrix Side(int rows, int dimension, ulong seed)
    {
        var side = TestNumbers.Matrix(rows, PrincipalAxes.StrideOf(dimension), seed);
        for (var row = 0; row < rows; row++) side.Row(row)[dimension..].Clear();
        return side;
    }

    private static double Dot(Span<float> a, Span<float> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += (double)a[i] * b[i];
        return sum;
    }
}
