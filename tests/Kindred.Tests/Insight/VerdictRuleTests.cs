using Kindred.Insight;

namespace Kindred.Tests.Insight;

public sealed class VerdictRuleTests
{
    [Theory]
    [InlineData(99, 0.5, SeedVerdict.TooFewToJudge)]
    [InlineData(99, 0.05, SeedVerdict.TooFewToJudge)]
    [InlineData(100, 0.149, SeedVerdict.TooMixed)]
    [InlineData(100, 0.15, SeedVerdict.Fine)]
    [InlineData(100_000, 0.05, SeedVerdict.TooMixed)]
    public void Size_comes_before_cohesion(int matched, double near, SeedVerdict verdict) =>
        Assert.Equal(verdict, VerdictRule.Of(matched, new SeedCohesion(0, near, 0)));

    [Fact]
    public void An_unknown_result_is_not_a_pass() => Assert.Equal(SeedVerdict.CannotBeTold, VerdictRule.Of(500, null));
}
