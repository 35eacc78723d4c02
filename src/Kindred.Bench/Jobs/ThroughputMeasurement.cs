using System.Diagnostics;
using Kindred.Bench.Figures;
using Kindred.Bench.Machine;

namespace Kindred.Bench.Jobs;

/// <summary>Measures a job and the peak alternately, round after round.</summary>
internal sealed class ThroughputMeasurement(ThroughputJob job, FmaPeak peak, int threads) : IDisposable
{
    private readonly List<Sample> _one = [];
    private readonly List<Sample> _all = [];
    private readonly List<double> _coreShares = [];

    /// <summary>The job's name.</summary>
    public string Name => job.Name;

    /// <summary>Runs everything for a while, so that all code reaches its final compilation.</summary>
    public void WarmUp(double seconds)
    {
        var clock = Stopwatch.GetTimestamp();
        do
        {
            job.Run(1);
            job.Core?.Invoke();
            if (threads > 1) job.Run(threads);
        }
        while (Stopwatch.GetElapsedTime(clock).TotalSeconds < seconds);
    }

    /// <summary>Runs one round: the peak, the job, the peak.</summary>
    public void Measure()
    {
        var spent = Measure(1, _one);
        if (job.Core is { } core) _coreShares.Add(Spent.On(core).Seconds(1) / spent.Seconds(1));
        if (threads > 1) Measure(threads, _all);
    }

    /// <summary>The medians of the rounds.</summary>
    public ThroughputFigures Figures() => new(
        job.Name, job.Description, job.Unit, job.FlopsPerItem, Figures(1, _one), threads > 1 ? Figures(threads, _all) : null, job.Check())
    {
        SelectPercent = _coreShares.Count == 0 ? null : Math.Max(0, 100 * (1 - Median.Of(_coreShares, share => share))),
    };

    /// <inheritdoc/>
    public void Dispose() => job.Dispose();

    private Spent Measure(int count, List<Sample> samples)
    {
        var before = peak.Measure(count);
        var spent = Spent.On(() => job.Run(count));
        var after = peak.Measure(count);
        samples.Add(new Sample(spent, (before.Rate(count) + after.Rate(count)) / 2, (before.ProcessorRate + after.ProcessorRate) / 2));
        return spent;
    }

    private RateFigures Figures(int count, List<Sample> samples)
    {
        var flops = job.Items(count) * job.FlopsPerItem;
        var seconds = Median.Of(samples, sample => sample.Spent.Seconds(count));
        return new RateFigures(
            count,
            job.Items(count) / seconds,
            flops / seconds / 1e9,
            100 * Median.Of(samples, sample => flops / sample.Spent.Seconds(count) / sample.Peak),
            100 * Median.Of(samples, sample => flops / Math.Max(sample.Spent.Processor, 1e-9) / sample.ProcessorPeak),
            seconds,
            Median.Of(samples, sample => sample.Peak) / 1e9,
            Median.Of(samples, sample => sample.Spent.Processor / (sample.Spent.Wall * count)),
            (long)Median.Of(samples, sample => sample.Spent.Allocated));
    }

    private readonly record struct Sample(Spent Spent, double Peak, double ProcessorPeak);
}
