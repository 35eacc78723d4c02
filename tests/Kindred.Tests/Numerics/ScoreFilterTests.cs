using Kindred.Numerics;

namespace Kindred.Tests.Numerics;

public sealed unsafe class ScoreFilterTests
{
    [Fact]
    public void Finds_scores_above_the_floor_and_reports_scores_that_are_not_finite_at_every_width() =>
        Gen.Select(Gen.Frequency((40, Gen.Int[0, 5]), (1, Gen.Int[6, 8])).Array[0, 70], Gen.Int[-1, 6]).Sample((values, threshold) =>
        {
            float[] bad = [float.NaN, float.PositiveInfinity, float.NegativeInfinity];
            var scores = Array.ConvertAll(values, value => value > 5 ? bad[value - 6] : value - 3f);
            var limit = threshold - 3f;
            var expected = Enumerable.Range(0, scores.Length).Where(i => scores[i] > limit).ToArray();
            Check<Simd512>();
            Check<Simd256>();
            Check<Simd128>();
            Check<SimdScalar>();

            void Check<TSimd>()
                where TSimd : unmanaged, ISimd<TSimd>
            {
                var found = new int[scores.Length + 1];
                fixed (float* from = scores)
                {
                    fixed (int* to = found)
                    {
                        Assert.Equal(expected.Length, ScoreFilter.Above<TSimd>(from, scores.Length, limit, to, out var areFinite));
                        Assert.Equal(scores.All(float.IsFinite), areFinite);
                    }
                }

                Assert.Equal(expected, found[..expected.Length]);
            }
        });
}
