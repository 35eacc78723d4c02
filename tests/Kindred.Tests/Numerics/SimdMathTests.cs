using Kindred.Numerics;

namespace Kindred.Tests.Numerics;

public sealed unsafe class SimdMathTests
{
    // Every 4,099th float from −100 to 100, of both signs.
    private static readonly float[] _scores = Scores();

    [Fact]
    public void Sigmoid_and_softplus_are_within_two_and_a_half_units_in_the_last_place()
    {
        var (probabilities, softplus) = Logistic(static (z, count, p, s) => SimdMath.Logistic(z, count, p, s));
        double worstProbability = 0, worstSoftplus = 0;
        for (var i = 0; i < _scores.Length; i++)
        {
            // Below that the results are subnormal numbers.
            if (_scores[i] < -87) continue;
            double z = _scores[i], e = Math.Exp(-Math.Abs(z));
            worstProbability = Math.Max(worstProbability, Units(z >= 0 ? 1 / (1 + e) : e / (1 + e), probabilities[i]));
            worstSoftplus = Math.Max(worstSoftplus, Units(Math.Max(z, 0) + Log1P(e), softplus[i]));
        }

        Assert.InRange(worstProbability, 0.4, 2.5);
        Assert.InRange(worstSoftplus, 0.4, 2.5);
    }

    [Fact]
    public void All_vector_widths_give_the_same_bits()
    {
        var expected = Logistic(static (z, count, p, s) => SimdMath.Logistic<SimdScalar>(z, count, p, s));
        AssertSame(Logistic(static (z, count, p, s) => SimdMath.Logistic<Simd128>(z, count, p, s)));
        AssertSame(Logistic(static (z, count, p, s) => SimdMath.Logistic<Simd256>(z, count, p, s)));
        AssertSame(Logistic(static (z, count, p, s) => SimdMath.Logistic<Simd512>(z, count, p, s)));
        AssertSame(Logistic(static (z, count, p, s) => SimdMath.Logistic(z, count, p, s)));

        void AssertSame((float[] Probabilities, float[] Softplus) found)
        {
            TestNumbers.AssertSameBits(expected.Probabilities, found.Probabilities);
            TestNumbers.AssertSameBits(expected.Softplus, found.Softplus);
        }
    }

    [Fact]
    public void The_ends_of_the_range_are_exact_and_NaN_stays_NaN()
    {
        float[] scores = [0, -0f, 1000, -1000, float.PositiveInfinity, float.NegativeInfinity, float.NaN, .. new float[9]];
        float[] probabilities = new float[16], softplus = new float[16];
        SimdMath.Logistic(scores, probabilities, softplus);
        Assert.Equal([0.5f, 0.5f, 1, 0, 1, 0, float.NaN], probabilities[..7].Select(Flushed));
        Assert.Equal([MathF.Log(2), MathF.Log(2), 1000, 0, float.PositiveInfinity, 0, float.NaN], softplus[..7].Select(Flushed));

        static float Flushed(float value) => value < 1e-37f ? 0 : value;
    }

    private static float[] Scores()
    {
        var scores = new List<float>();
        for (var bits = 0; bits < BitConverter.SingleToInt32Bits(100); bits += 4_099)
        {
            scores.Add(BitConverter.Int32BitsToSingle(bits));
            scores.Add(-BitConverter.Int32BitsToSingle(bits));
        }

        return [.. scores[..(scores.Count / 16 * 16)]];
    }

    private static double Log1P(double e) => e < 1e-5 ? e - e * e / 2 : Math.Log(1 + e);

    private static double Units(double expected, float found) =>
        Math.Abs(found - expected) / (MathF.BitIncrement((float)expected) - (float)expected);

    private static (float[] Probabilities, float[] Softplus) Logistic(Kernel kernel)
    {
        float[] probabilities = new float[_scores.Length], softplus = new float[_scores.Length];
        fixed (float* z = _scores, p = probabilities, s = softplus) kernel(z, _scores.Length, p, s);
        return (probabilities, softplus);
    }

    private delegate void Kernel(float* scores, int count, float* probabilities, float* softplus);
}
