using Kindred.Numerics;

namespace Kindred.Tests.Numerics;

public sealed unsafe class ScoreFilterTests
{
    [Fact]
    public void Finds_what_is_above_or_not_a_number_at_every_width() =>
        Gen.Select(Gen.Int[0, 6].Array[0, 70], Gen.Int[-1, 6]).Sample((values, threshold) =>
        {
            var scores = Array.ConvertAll(values, value => value == 6 ? float.NaN : value - 3f);
            var limit = threshold - 3f;
            var expected = Enumerable.Range(0, scores.Length).Where(i => float.IsNaN(scores[i]) || scores[i] > limit).ToArray();
            var least = scores.Where(score => !float.IsNaN(score)).DefaultIfEmpty(float.PositiveInfinity).Min();
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
                        Assert.Equal(expected.Length, ScoreFilter.Above<TSimd>(from, scores.Length, limit, to, out var lowest));
                        Assert.Equal(least, lowest);
                    }
                }

                Assert.Equal(expected, found[..expected.Length]);
            }
        });
}
