namespace Kindred.Bench.Figures;

/// <summary>What was measured of scoring or training.</summary>
/// <param name="Name">The job.</param>
/// <param name="Description">What it does.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="FlopsPerItem">Floating-point operations that one pair or sample takes at least.</param>
/// <param name="One">With one thread.</param>
/// <param name="All">With all threads, or null if only one was asked for.</param>
/// <param name="Check">A few results.</param>
public sealed record ThroughputFigures(
    string Name, string Description, string Unit, double FlopsPerItem, RateFigures One, RateFigures? All, JobCheck Check)
{
    /// <summary>Percent of a run on one thread that is not spent in the models: reading users, laying them out and selecting. Null where not measured.</summary>
    public double? SelectPercent { get; init; }

    /// <summary>How many times as fast all threads are as one.</summary>
    public double? Gain => All is null ? null : All.Gflops / One.Gflops;

    /// <summary>The same of the peak.</summary>
    public double? PeakGain => All is null ? null : All.PeakGflops / One.PeakGflops;

    /// <summary>Whether threads gain as much as the machine lets them: 1 if they do.</summary>
    public double? ShareOfPeakGain => All is null ? null : All.PercentOfFmaPeak / One.PercentOfFmaPeak;

    /// <summary>The same in processor time: what threads take from each other, without what they wait.</summary>
    public double? ShareOfPeakGainInProcessorTime => All is null ? null : All.PercentInProcessorTime / One.PercentInProcessorTime;
}
