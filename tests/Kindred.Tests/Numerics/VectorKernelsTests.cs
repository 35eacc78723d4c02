using Kindred.Numerics;

namespace Kindred.Tests.Numerics;

public sealed unsafe class VectorKernelsTests
{
    public static TheoryData<int> Lengths => [8, 16, 24, 64, 136];

    [Theory, MemberData(nameof(Lengths))]
    public void Dot_adds_sixteen_lanes_in_ascending_order_and_then_one_fixed_tree(int length)
    {
        float[] a = TestNumbers.Array(length, 1), b = TestNumbers.Array(length, 2);
        var lanes = new float[16];
        for (var i = 0; i < length; i++) lanes[i % 16] = MathF.FusedMultiplyAdd(a[i], b[i], lanes[i % 16]);
        var eight = Enumerable.Range(0, 8).Select(i => lanes[i] + lanes[i + 8]).ToArray();
        var four = Enumerable.Range(0, 4).Select(i => eight[i] + eight[i + 4]).ToArray();

        fixed (float* x = a, y = b)
        {
            TestNumbers.AssertSameBits([(four[0] + four[2]) + (four[1] + four[3])], [VectorKernels.Dot(x, y, length)]);
        }
    }

    [Theory, MemberData(nameof(Lengths))]
    public void AddScaled_is_one_fused_multiply_add_per_number(int length)
    {
        float[] x = TestNumbers.Array(length, 3), y = TestNumbers.Array(length, 4);
        var expected = x.Zip(y, (from, to) => MathF.FusedMultiplyAdd(0.3f, from, to)).ToArray();
        fixed (float* from = x, to = y) VectorKernels.AddScaled(to, 0.3f, from, length);
        TestNumbers.AssertSameBits(expected, y);
    }

    [Theory, MemberData(nameof(Lengths))]
    public void ScaleAdd_is_one_fused_multiply_add_per_number(int length)
    {
        float[] x = TestNumbers.Array(length, 5), y = TestNumbers.Array(length, 6);
        var expected = x.Zip(y, (added, scaled) => MathF.FusedMultiplyAdd(-1.7f, scaled, added)).ToArray();
        fixed (float* from = x, to = y) VectorKernels.ScaleAdd(to, -1.7f, from, length);
        TestNumbers.AssertSameBits(expected, y);
    }

    [Theory, MemberData(nameof(Lengths))]
    public void AddProduct_adds_the_rows_of_the_matrix_in_ascending_order(int length)
    {
        float[] x = TestNumbers.Array(length, 10), y = TestNumbers.Array(length, 11);
        using var matrix = TestNumbers.Matrix(length, length, 12);
        var expected = (float[])y.Clone();
        for (var i = 0; i < length; i++)
        {
            for (var j = 0; j < length; j++) expected[j] = MathF.FusedMultiplyAdd(x[i], matrix.Row(i)[j], expected[j]);
        }

        fixed (float* by = x, to = y) VectorKernels.AddProduct(to, matrix.Pointer, by, length);
        TestNumbers.AssertSameBits(expected, y);
    }
}
