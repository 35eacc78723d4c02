using Kindred.Sampling;

namespace Kindred.Tests.Sampling;

public sealed class SeededRandomTests
{
    private const int Draws = 200_000;

    [Fact]
    public void SplitMix64_gives_the_published_numbers()
    {
        var state = 1234567UL;
        ulong[] expected =
        [
            6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821,
        ];
        Assert.Equal(expected, expected.Select(_ => SeededRandom.SplitMix64(ref state)));
    }

    [Fact]
    public void Xoshiro256_starstar_gives_the_published_numbers()
    {
        var random = new SeededRandom(1, 2, 3, 4);
        ulong[] expected =
        [
            11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600,
            16172922978634559625, 8476171486693032832, 10595114339597558777, 2904607092377533576,
        ];
        Assert.Equal(expected, expected.Select(_ => random.NextUInt64()));
    }

    [Fact]
    public void A_key_gives_a_reproducible_stream_and_each_part_of_the_key_matters() =>
        Gen.Select(Gen.ULong, Gen.ULong, Gen.ULong, Gen.ULong).Sample((seed, purpose, index, subIndex) =>
        {
            var first = First(seed, purpose, index, subIndex);
            return first == First(seed, purpose, index, subIndex)
                && first != First(seed + 1, purpose, index, subIndex)
                && first != First(seed, purpose + 1, index, subIndex)
                && first != First(seed, purpose, index + 1, subIndex)
                && first != First(seed, purpose, index, subIndex + 1);
        });

    [Fact]
    public void Keyed_streams_of_neighbours_are_uniform()
    {
        var first = Enumerable.Range(0, Draws).Select(i => SeededRandom.UnitOf(1, 2, (ulong)i)).ToArray();
        Assert.All(first, unit => Assert.InRange(unit, 0, 1 - 1e-16));
        AssertMoments(first, mean: 0.5, variance: 1.0 / 12);
        Assert.Equal(0, Correlation(first[..^1], first[1..]), 0.015);
    }

    [Fact]
    public void Bounded_numbers_are_evenly_spread()
    {
        var counts = new int[7];
        var random = new SeededRandom(1);
        for (var i = 0; i < Draws; i++) counts[random.NextInt32(7)]++;
        // χ² with 6 degrees of freedom exceeds 22.5 once in a thousand seeds.
        var expected = Draws / 7.0;
        Assert.InRange(counts.Sum(count => (count - expected) * (count - expected) / expected), 0, 22.5);
    }

    [Fact]
    public void Gaussian_numbers_have_mean_0_and_variance_1()
    {
        var numbers = Draw((ref SeededRandom random) => random.NextGaussian());
        AssertMoments(numbers, 0, 1);
        Assert.Equal(0.15866, numbers.Count(x => x > 1) / (double)Draws, 0.004);
        Assert.Equal(0, numbers.Average(x => x * x * x), 0.05);
    }

    [Fact]
    public void Exponential_numbers_have_mean_and_variance_1() =>
        AssertMoments(Draw((ref SeededRandom random) => random.NextExponential()), 1, 1);

    [Theory]
    [InlineData(0.3)]
    [InlineData(9.5)]
    [InlineData(10.5)]
    [InlineData(400)]
    public void Poisson_numbers_have_their_mean_as_variance(double mean) =>
        AssertMoments(Draw((ref SeededRandom random) => random.NextPoisson(mean)), mean, mean);

    [Fact]
    public void Poisson_numbers_are_distributed_correctly_on_both_sides_of_the_algorithm_switch()
    {
        foreach (var mean in new[] { 9.0, 11.0 })
        {
            var numbers = Draw((ref SeededRandom random) => random.NextPoisson(mean));
            var chance = Math.Exp(-mean);
            for (var k = 0; k < 25; chance *= mean / ++k)
            {
                var share = numbers.Count(x => x == k) / (double)Draws;
                Assert.Equal(chance, share, 5 * Math.Sqrt(chance / Draws) + 1e-6);
            }
        }
    }

    [Fact]
    public void Geometric_and_binomial_numbers_have_the_theoretical_mean_and_variance()
    {
        AssertMoments(Draw((ref SeededRandom random) => random.NextGeometric(0.4)), 0.6 / 0.4, 0.6 / 0.16);
        AssertMoments(Draw((ref SeededRandom random) => random.NextBinomial(12, 0.3)), 3.6, 2.52);
    }

    [Fact]
    public void Impossible_parameters_are_refused()
    {
        var random = new SeededRandom(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextPoisson(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextGeometric(1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextInt32(0));
    }

    private delegate double Drawing(ref SeededRandom random);

    private static double[] Draw(Drawing next)
    {
        var random = new SeededRandom(42);
        var numbers = new double[Draws];
        for (var i = 0; i < Draws; i++) numbers[i] = next(ref random);
        return numbers;
    }

    private static void AssertMoments(double[] numbers, double mean, double variance)
    {
        var found = numbers.Average();
        // Five standard errors of the mean, and of a variance with up to the kurtosis of a gamma of shape 0.2.
        Assert.Equal(mean, found, 5 * Math.Sqrt(variance / numbers.Length));
        Assert.Equal(variance, numbers.Average(x => (x - found) * (x - found)), 0.07 * variance);
    }

    private static double Correlation(double[] a, double[] b)
    {
        double meanA = a.Average(), meanB = b.Average();
        var products = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Average();
        return products / Math.Sqrt(a.Average(x => (x - meanA) * (x - meanA)) * b.Average(y => (y - meanB) * (y - meanB)));
    }

    private static ulong First(ulong seed, ulong purpose, ulong index, ulong subIndex) =>
        SeededRandom.Keyed(seed, purpose, index, subIndex).NextUInt64();
}
