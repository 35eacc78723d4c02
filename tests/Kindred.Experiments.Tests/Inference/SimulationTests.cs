using Kindred.Benchmarks.Experiments;

namespace Kindred.Experiments.Tests.Inference;

/// <summary>The simulations of <c>bench/Kindred.Benchmarks -- experiments</c>, with fewer runs.</summary>
public sealed class SimulationTests
{
    private const int Runs = 400;

    [Fact]
    public void Variances_and_intervals_of_every_kind_of_metric_are_correct()
    {
        var all = FixedStudy.Run(Runs, 2_000, 1_000, 0.1, 3);
        Assert.Equal(["mean", "share", "ratio", "quantile", "CUPED mean", "CUPED ratio"], all.Select(figures => figures.Name));
        Assert.All(all, figures =>
        {
            // The standard error of the mean square is .07. With a variance that is wrong by 30%, the mean square would be .77 or 1.43.
            Assert.InRange(figures.MeanSquare, 0.84, 1.24);
            // 5% of 400, with a standard error of 4.4.
            Assert.InRange(figures.Alarms, 8, 34);
            Assert.InRange(Runs - figures.Absolute, 8, 34);
            Assert.InRange(Runs - figures.Delta, 8, 34);
            Assert.InRange(Runs - figures.Fieller, 8, 34);
        });
        Assert.InRange(all[4].Reduction, 0.35, 0.55);
        Assert.InRange(all[5].Reduction, 0.08, 0.2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    public void Daily_looks_break_no_always_valid_interval_but_that_of_the_delta_method(double effect)
    {
        var figures = SequentialStudy.Run(Runs, 100, effect, 3);
        Assert.InRange(figures.Absolute, 0, 20);
        Assert.InRange(figures.Relative, 0, 20);
        Assert.InRange(figures.Delta, 60, Runs);
        Assert.InRange(figures.Once, 60, Runs);
    }

    [Fact]
    public void The_sample_ratio_test_has_its_nominal_false_alarm_rate_and_finds_a_leak()
    {
        double[] even = [0.5, 0.5];
        var right = SampleRatioStudy.Run(Runs, 500, even, even, 0.05, 3);
        Assert.InRange(right.AtTheEnd, 8, 34);
        Assert.InRange(right.Sequential, 0, 20);
        Assert.InRange(right.AnyDay, 60, Runs);
        Assert.InRange(SampleRatioStudy.Run(Runs, 500, even, [0.53, 0.47], 0.001, 3).Sequential, 360, Runs);
    }

    [Fact]
    public void Figures_do_not_depend_on_the_threads() =>
        Assert.Equal(FixedStudy.Run(20, 100, 100, 0.1, 5, 1), FixedStudy.Run(20, 100, 100, 0.1, 5, 7));
}
