using Kindred.Numerics;

namespace Kindred.Tests.Numerics;

public sealed class ProblemLaneKernelsTests
{
    public static TheoryData<int> Lanes => [8, 16, 24, 40];

    [Theory, MemberData(nameof(Lanes))]
    public void AddRows_adds_rows_in_order(int lanes)
    {
        using var matrix = TestNumbers.Matrix(50, lanes, 1);
        int[] rows = [3, 3, 0, 39, 17];
        var found = TestNumbers.Array(lanes, 2);
        var expected = found.ToArray();
        foreach (var row in rows)
        {
            for (var lane = 0; lane < lanes; lane++) expected[lane] += matrix.Row(10 + row)[lane];
        }

        ProblemLaneKernels.AddRows(matrix, rows, 10, found);
        TestNumbers.AssertSameBits(expected, found);
    }

    [Fact]
    public void AddRows_has_the_same_bits_at_every_vector_width()
    {
        using var matrix = TestNumbers.Matrix(50, 48, 1);
        int[] rows = [3, 3, 0, 39, 17];
        float[] start = TestNumbers.Array(48, 2), expected = [.. start];
        ProblemLaneKernels.AddRows<SimdScalar>(matrix, rows, 10, expected);
        foreach (var run in new Adding[] { ProblemLaneKernels.AddRows<Simd128>, ProblemLaneKernels.AddRows<Simd256>, ProblemLaneKernels.AddRows<Simd512> })
        {
            float[] found = [.. start];
            run(matrix, rows, 10, found);
            TestNumbers.AssertSameBits(expected, found);
        }
    }

    [Theory, MemberData(nameof(Lanes))]
    public void AddWidened_adds_number_by_number_in_double_precision(int lanes)
    {
        var x = TestNumbers.Array(lanes, 11);
        var found = Enumerable.Range(0, lanes).Select(i => 1e-9 * i + 1).ToArray();
        var expected = found.Zip(x, (sum, value) => sum + value).ToArray();
        ProblemLaneKernels.AddWidened(x, found);
        Assert.Equal(expected, found);
    }

    [Theory, MemberData(nameof(Lanes))]
    public void Add_adds_number_by_number(int lanes)
    {
        double[] x = [.. TestNumbers.Array(lanes, 12).Select(value => value / 3.0)], found = [.. TestNumbers.Array(lanes, 13).Select(value => value / 7.0)];
        var expected = found.Zip(x, (sum, value) => sum + value).ToArray();
        ProblemLaneKernels.Add(x, found);
        Assert.Equal(expected, found);
    }

    [Theory, MemberData(nameof(Lanes))]
    public void Combine_multiplies_and_adds_with_one_coefficient_per_lane(int lanes)
    {
        float[] x = TestNumbers.Array(7 * lanes, 3), found = TestNumbers.Array(7 * lanes, 4), a = TestNumbers.Array(lanes, 5), b = TestNumbers.Array(lanes, 6);
        var expected = found.Select((y, i) => MathF.FusedMultiplyAdd(b[i % lanes], x[i], a[i % lanes] * y)).ToArray();
        ProblemLaneKernels.Combine(found, a, b, x);
        TestNumbers.AssertSameBits(expected, found);
    }

    [Theory, MemberData(nameof(Lanes))]
    public void AddDots_adds_products_in_double_precision(int lanes)
    {
        float[] x = TestNumbers.Array(9 * lanes, 9), y = TestNumbers.Array(9 * lanes, 10);
        var found = Enumerable.Range(0, lanes).Select(lane => 0.1 * lane).ToArray();
        var expected = found.ToArray();
        for (var i = 0; i < x.Length; i++) expected[i % lanes] = Math.FusedMultiplyAdd(x[i], y[i], expected[i % lanes]);
        ProblemLaneKernels.AddDots(x, y, found);
        Assert.Equal(expected, found);
    }

    [Fact]
    public void Mismatched_shapes_are_refused_before_memory_is_accessed()
    {
        using var matrix = new AlignedMatrix(4, 16);
        Assert.Throws<ArgumentException>(() => ProblemLaneKernels.AddRows(matrix, [0], 0, new float[8]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ProblemLaneKernels.AddRows(matrix, [3], 1, new float[16]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ProblemLaneKernels.AddRows(matrix, [-1], 0, new float[16]));
        Assert.Throws<ArgumentException>(() => ProblemLaneKernels.Combine(new float[16], new float[8], new float[16], new float[16]));
        Assert.Throws<ArgumentException>(() => ProblemLaneKernels.Combine(new float[20], new float[8], new float[8], new float[20]));
        Assert.Throws<ArgumentException>(() => ProblemLaneKernels.AddWidened(new float[16], new double[8]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ProblemLaneKernels.AddRows<Simd512>(new AlignedMatrix(4, 8), [0], 0, new float[8]));
        Assert.Throws<ArgumentException>(() => ProblemLaneKernels.AddDots(new float[8], new float[8], new double[5]));
    }

    private delegate void Adding(AlignedMatrix matrix, ReadOnlySpan<int> rows, long first, Span<float> sums);
}
