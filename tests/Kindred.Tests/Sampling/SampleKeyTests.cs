using Kindred.Sampling;

namespace Kindred.Tests.Sampling;

public sealed class SampleKeyTests
{
    // Computed outside of .NET from the definition. These numbers decide which users are sampled, so they never change.
    [Theory]
    [InlineData(0, 0, 5197578548964807871, 6235967106033911276, 18348217968190262363, 0.28176129772258496)]
    [InlineData(1, 2, 583880340377267059, 15201566595796281265, 11253662162117424278, 0.03165221667543039)]
    [InlineData(ulong.MaxValue, 12345, 3957689275162536126, 6427602505300036516, 2240553433148108039, 0.21454676550769014)]
    public void A_key_never_changes(ulong seed, ulong purpose, ulong key, ulong thenZero, ulong thenTwoParts, double unit)
    {
        Assert.Equal(key, SampleKey.Of(seed, purpose));
        Assert.Equal(thenZero, key.Then(0));
        Assert.Equal(thenTwoParts, key.Then(7).Then(1UL << 63));
        Assert.Equal(unit, key.ToUnit());
    }

    [Fact]
    public void Seeds_purposes_and_parts_give_different_keys()
    {
        var keys = new HashSet<ulong>();
        for (ulong seed = 0; seed < 30; seed++)
        {
            for (ulong purpose = 0; purpose < 30; purpose++)
            {
                var key = SampleKey.Of(seed, purpose);
                Assert.True(keys.Add(key));
                for (ulong part = 0; part < 30; part++) Assert.True(keys.Add(key.Then(part)));
            }
        }
    }

    [Fact]
    public void The_order_of_parts_matters() =>
        Gen.Select(Gen.ULong, Gen.ULong, Gen.ULong).Where((_, a, b) => a != b)
            .Sample((key, a, b) => key.Then(a).Then(b) != key.Then(b).Then(a));

    [Fact]
    public void Units_are_uniform_and_neighbouring_keys_are_independent()
    {
        const int Draws = 100_000, Bins = 100;
        var key = SampleKey.Of(1, 2);
        var units = Enumerable.Range(0, Draws).Select(i => key.Then((ulong)i).ToUnit()).ToArray();
        Assert.All(units, unit => Assert.InRange(unit, 0, 1 - 1e-16));

        // χ² with 99 degrees of freedom exceeds 149 once in a thousand seeds.
        Assert.InRange(ChiSquared(units, unit => (int)(unit * Bins)), 0, 149);
        var pairs = units.Zip(units.Skip(1)).ToArray();
        Assert.InRange(ChiSquared(pairs, pair => (int)(pair.First * 10) * 10 + (int)(pair.Second * 10)), 0, 149);

        static double ChiSquared<T>(T[] draws, Func<T, int> bin)
        {
            var counts = new double[Bins];
            foreach (var draw in draws) counts[bin(draw)]++;
            var expected = (double)draws.Length / Bins;
            return counts.Sum(count => (count - expected) * (count - expected) / expected);
        }
    }

    [Fact]
    public void The_largest_key_is_still_below_1() => Assert.Equal(1 - Math.ScaleB(1, -53), ulong.MaxValue.ToUnit());
}
