namespace Kindred.Bench.Figures;

/// <summary>The figures of scoring or training.</summary>
/// <param name="Name">The job.</param>
/// <param name="Description">A description of the job.</param>
/// <param name="Unit">The counted unit.</param>
/// <param name="FlopsPerItem">Minimum floating-point operations of one pair or sample.</param>
/// <param name="One">Figures with one thread.</param>
/// <param name="All">Figures with all threads; null if only one was requested.</param>
/// <param name="Check">A few results.</param>
public sealed record ThroughputFigures(
    string Name, string Description, string Unit, double FlopsPerItem, RateFigures One, RateFigures? All, JobCheck Check)
{
    /// <summary>Percentage of a run on one thread that is not spent in the models, but on reading users, laying them out and selecting.
    /// Null if not measured.</summary>
    public double? SelectPercent { get; init; }

    /// <summary>The speed-up of all threads over one.</summary>
    public double? Gain => All is null ? null : All.Gflops / One.Gflops;

    /// <summary>The speed-up of the peak.</summary>
    public double? PeakGain => All is null ? null : All.PeakGflops / One.PeakGflops;

    /// <summary>The speed-up over that of the peak: 1 if threads gain as much as the machine allows.</summary>
    public double? ShareOfPeakGain => All is null ? null : All.PercentOfFmaPeak / One.PercentOfFmaPeak;

    /// <summary>The same by processor time: it shows how threads slow each other down, without waiting times.</summary>
    public double? ShareOfPeakGainInProcessorTime => All is null ? null : All.PercentInProcessorTime / One.PercentInProcessorTime;
}
