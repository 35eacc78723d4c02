using Kindred.Numerics;

namespace Kindred.Tests.Numerics;

public sealed class LogisticKernelTests
{
    private const int Lanes = 16;
    private const int Rows = 37;

    // Lanes with 1, with −1 and, once, with 0.
    private static readonly float[] _asked = [.. Enumerable.Range(0, Lanes).Select(lane => lane == 5 ? 0 : lane % 3 == 0 ? 1f : -1)];

    [Fact]
    public void Losses_slopes_and_curvatures_match_double_precision()
    {
        var at = new State(Run<Simd256>);
        for (var lane = 0; lane < Lanes; lane++)
        {
            double loss = 0, sum = 0;
            for (var row = 0; row < Rows; row++)
            {
                var i = row * Lanes + lane;
                double weight = Math.Abs(at.Signed[i]), y = Math.Sign(at.Signed[i]), p = 1 / (1 + Math.Exp(-y * at.Scores[i])), q = 1 / (1 + Math.Exp(y * at.Scores[i]));
                var (value, curvature) = _asked[lane] switch
                {
                    > 0 => (-y * weight * q, weight * p * q),
                    < 0 => ((double)at.Scores[i] * at.Before[i], at.Before[i]),
                    _ => (0, at.Before[i]),
                };
                Close(value, at.Values[i]);
                Close(curvature, at.Curvature[i]);
                sum += at.Values[i];
                if (_asked[lane] > 0) loss += weight * Math.Log(1 + Math.Exp(-y * at.Scores[i]));
            }

            Close(loss, at.Losses[lane]);
            Assert.Equal(sum, at.Sums[lane], 1e-6 * Rows);
        }

        static void Close(double expected, double found) => Assert.Equal(expected, found, 4e-7 * Math.Abs(expected) + 1e-37);
    }

    [Fact]
    public void Every_vector_width_has_the_same_bits()
    {
        var expected = new State(Run<SimdScalar>);
        foreach (var state in new[] { new State(Run<Simd128>), new State(Run<Simd256>), new State(Run<Simd512>), new State(LogisticKernel.Run) })
        {
            TestNumbers.AssertSameBits(expected.Values, state.Values);
            TestNumbers.AssertSameBits(expected.Curvature, state.Curvature);
            Assert.Equal(expected.Losses, state.Losses);
            Assert.Equal(expected.Sums, state.Sums);
        }
    }

    [Fact]
    public void Rows_of_weight_zero_never_change_the_sums()
    {
        float[] signed = [1, -2, 1e-3f, -1, 3], scores = [0.3f, 7, -20, 0.1f, -3];
        var expected = Sums(signed, scores);
        foreach (var at in Enumerable.Range(0, 6))
        {
            Assert.Equal(expected, Sums([.. signed[..at], 0, 0, .. signed[at..]], [.. scores[..at], 5, -9, .. scores[at..]]));
        }

        static float[] Sums(float[] signed, float[] scores)
        {
            float[] values = Spread(scores), sums = new float[4 * 8];
            LogisticKernel.Run(values, new float[values.Length], Spread(signed), [.. Enumerable.Repeat(1f, 8)], sums);
            return sums;
        }

        static float[] Spread(float[] numbers) => [.. numbers.SelectMany(number => Enumerable.Repeat(number, 8))];
    }

    [Fact]
    public void NaN_stays_in_its_lane()
    {
        var values = new float[8];
        values[2] = float.NaN;
        var sums = new float[32];
        LogisticKernel.Run(values, new float[8], [.. Enumerable.Repeat(-1f, 8)], [.. Enumerable.Repeat(1f, 8)], sums);
        for (var lane = 0; lane < 8; lane++) Assert.Equal(lane == 2, float.IsNaN(sums[16 + lane]));
        Assert.Equal(0.5f, values[1]);
    }

    [Fact]
    public void Mismatched_shapes_are_refused_before_memory_is_accessed()
    {
        Assert.Throws<ArgumentException>(() => LogisticKernel.Run(new float[16], new float[8], new float[16], new float[8], new float[32]));
        Assert.Throws<ArgumentException>(() => LogisticKernel.Run(new float[16], new float[16], new float[16], new float[8], new float[16]));
        Assert.Throws<ArgumentException>(() => LogisticKernel.Run(new float[12], new float[12], new float[12], new float[12], new float[48]));
    }

    private static void Run<TSimd>(Span<float> values, Span<float> curvature, ReadOnlySpan<float> signed, ReadOnlySpan<float> asked, Span<float> sums)
        where TSimd : unmanaged, ISimd<TSimd> => LogisticKernel.Run<TSimd>(values, curvature, signed, asked, sums);

    private delegate void Kernel(Span<float> values, Span<float> curvature, ReadOnlySpan<float> signed, ReadOnlySpan<float> asked, Span<float> sums);

    private sealed class State
    {
        public State(Kernel run)
        {
            Scores = [.. TestNumbers.Array(Rows * Lanes, 1).Select((value, i) => i % 11 == 0 ? 60 * value : 8 * value)];
            Before = [.. TestNumbers.Array(Rows * Lanes, 2).Select(Math.Abs)];
            Signed = [.. TestNumbers.Array(Rows * Lanes, 3).Select(value => 3 * value)];
            (Values, Curvature) = ([.. Scores], [.. Before]);
            var sums = new float[4 * Lanes];
            run(Values, Curvature, Signed, _asked, sums);
            LogisticKernel.Move(sums, Sums, Losses);
            Assert.All(sums, value => Assert.Equal(0, value));
        }

        public float[] Scores { get; }

        public float[] Before { get; }

        public float[] Signed { get; }

        public float[] Values { get; }

        public float[] Curvature { get; }

        public double[] Sums { get; } = new double[Lanes];

        public double[] Losses { get; } = new double[Lanes];
    }
}
