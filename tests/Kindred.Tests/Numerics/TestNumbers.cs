using Kindred.Numerics;
using Kindred.Sampling;

namespace Kindred.Tests.Numerics;

/// <summary>Random numbers for tests, and comparison bit by bit.</summary>
internal static class TestNumbers
{
    /// <summary>Uniform numbers in [−1, 1) with occasional exact zeros, so that signs of zero and closed gates occur.</summary>
    public static float[] Array(int count, ulong seed)
    {
        var random = new SeededRandom(seed);
        var numbers = new float[count];
        for (var i = 0; i < count; i++)
        {
            var number = (float)(random.NextDouble() * 2 - 1);
            numbers[i] = random.NextInt32(16) switch { 0 => 0f, 1 => -0f, _ => number };
        }

        return numbers;
    }

    /// <summary>A matrix filled like <see cref="Array"/>.</summary>
    public static AlignedMatrix Matrix(int rows, int columns, ulong seed)
    {
        var matrix = new AlignedMatrix(rows, columns);
        Array(rows * columns, seed).CopyTo(matrix.RowRange(0, rows));
        return matrix;
    }

    public static float[] ToArray(this AlignedMatrix matrix) => matrix.RowRange(0, (int)matrix.Rows).ToArray();

    public static void AssertSameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            if (BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i])) continue;
            Assert.Fail($"Number {i} of {expected.Length}: expected {expected[i]:G9}, found {actual[i]:G9}.");
        }
    }
}
