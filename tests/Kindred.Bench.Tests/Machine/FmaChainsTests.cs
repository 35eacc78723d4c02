using Kindred.Bench.Machine;
using Kindred.Numerics;

namespace Kindred.Bench.Tests.Machine;

/// <summary>Tests that the probes perform the operations that are timed.</summary>
public sealed class FmaChainsTests
{
    [Fact]
    public void Every_chain_of_every_lane_does_every_step()
    {
        Check<SimdScalar>(1);
        Check<Simd128>(4);
        Check<Simd256>(8);
        Check<Simd512>(16);

        // x becomes x/2 + 1, starting at 1/2: 1.25, 1.625, 1.8125.
        static void Check<TSimd>(int lanes)
            where TSimd : unmanaged, ISimd<TSimd>
        {
            Assert.Equal(FmaChains.TwelveChains * lanes * 1.8125f, FmaChains.Twelve<TSimd>(3));
            Assert.Equal(FmaChains.TwentyFourChains * lanes * 1.8125f, FmaChains.TwentyFour<TSimd>(3));
        }
    }

    [Fact]
    public void The_peak_counts_the_operations_of_all_threads()
    {
        var peak = new FmaPeak(1e-4);
        var (one, two) = (peak.Measure(1), peak.Measure(2));
        Assert.True(one.Flops > 0);
        Assert.Equal(2 * one.Flops, two.Flops);
        Assert.Equal(two.Flops / two.Spent.Wall, two.Rate(2));
    }

    [Fact]
    public void Memory_is_read_completely_in_steps_that_every_width_supports()
    {
        using var memory = new ReadBandwidth(100_000);
        Assert.Equal(100_000 / 1024 * 1024, memory.Bytes);
        Assert.True(memory.Measure(1) > 0);
        Assert.True(memory.Measure(2) > 0);
        Assert.True(memory.MeasureAgain(4096, 3) > 0);
    }
}
