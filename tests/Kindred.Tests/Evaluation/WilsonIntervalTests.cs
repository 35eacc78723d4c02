using Kindred.Evaluation;

namespace Kindred.Tests.Evaluation;

public sealed class WilsonIntervalTests
{
    [Theory]
    // 0 of n gives z²/(n + z²). 15 of 148 is in Newcombe (1998), method 3. 10 of 20 comes from a second implementation.
    [InlineData(0, 10, 0, 0.277533)]
    [InlineData(10, 10, 0.722467, 1)]
    [InlineData(10, 20, 0.299298, 0.700702)]
    [InlineData(15, 148, 0.062386, 0.160485)]
    public void Equals_the_published_interval(int successes, int trials, double low, double high)
    {
        var interval = WilsonInterval.Of(successes, trials);
        Assert.Equal(low, interval.Low, 1e-5);
        Assert.Equal(high, interval.High, 1e-5);
    }

    [Fact]
    public void Contains_the_share_and_stays_between_0_and_1() =>
        Gen.Int[1, 5_000].SelectMany(trials => Gen.Int[0, trials], (trials, successes) => (trials, successes)).Sample(pair =>
        {
            var (low, high) = WilsonInterval.Of(pair.successes, pair.trials);
            Assert.InRange(low, 0, (double)pair.successes / pair.trials);
            Assert.InRange(high, (double)pair.successes / pair.trials, 1);
            Assert.True(high - low > 0);
        });
}
