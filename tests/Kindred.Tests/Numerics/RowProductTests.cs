using Kindred.Numerics;

namespace Kindred.Tests.Numerics;

public sealed unsafe class RowProductTests
{
    [Theory]
    [InlineData(1, 32)]
    [InlineData(5, 64)]
    [InlineData(6, 32)]
    [InlineData(19, 96)]
    public void Every_number_is_one_chain_in_ascending_order_at_every_width(int rows, int n)
    {
        using AlignedMatrix input = TestNumbers.Matrix(rows, n, 1), matrix = TestNumbers.Matrix(n, n, 2), output = TestNumbers.Matrix(rows + 3, n, 3);
        var expected = output.ToArray();
        for (var r = 0; r < rows; r++)
        {
            for (var j = 0; j < n; j++)
            {
                var sum = 0f;
                for (var k = 0; k < n; k++) sum = MathF.FusedMultiplyAdd(input.Row(r)[k], matrix.Row(k)[j], sum);
                expected[(r + 2) * n + j] = sum;
            }
        }

        RowProduct.Multiply(input, matrix, output, 2, rows);
        TestNumbers.AssertSameBits(expected, output.ToArray());
        AssertSame<Simd512>();
        AssertSame<Simd256>();
        AssertSame<Simd128>();
        AssertSame<SimdScalar>();

        void AssertSame<TSimd>()
            where TSimd : unmanaged, ISimd<TSimd>
        {
            using var again = new AlignedMatrix(rows, n);
            RowProduct.Multiply<TSimd>(input.Pointer, matrix.Pointer, again.Pointer, rows, n);
            TestNumbers.AssertSameBits(expected.AsSpan(2 * n, rows * n), again.ToArray());
        }
    }

    [Fact]
    public void Mismatched_shapes_are_refused_before_memory_is_read()
    {
        using AlignedMatrix square = new(32, 32), odd = new(24, 24), other = new(40, 32);
        Assert.Throws<ArgumentException>(() => RowProduct.Multiply(odd, odd, new AlignedMatrix(24, 24), 0, 24));
        Assert.Throws<ArgumentException>(() => RowProduct.Multiply(square, square, other, 10, 31));
        Assert.Throws<ArgumentException>(() => RowProduct.Multiply(square, square, other, 0, 33));
        Assert.Throws<ArgumentException>(() => RowProduct.Multiply(other, square, other, 0, 3));
    }
}
