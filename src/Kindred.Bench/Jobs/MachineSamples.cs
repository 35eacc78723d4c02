using Kindred.Bench.Figures;
using Kindred.Bench.Machine;

namespace Kindred.Bench.Jobs;

/// <summary>The limits of the machine, measured once per round.</summary>
internal sealed class MachineSamples(int threads, FmaPeak peak, ReadBandwidth memory)
{
    private readonly List<Sample> _samples = [];

    private int[] Counts => threads > 1 ? [1, threads] : [1];

    /// <summary>Measures once.</summary>
    public void Measure()
    {
        foreach (var count in Counts) _samples.Add(new Sample(count, peak.Measure(count).Rate(count), memory.Measure(count)));
    }

    /// <summary>The medians: with one thread, then with all.</summary>
    public MachineFigures[] Figures() => [.. Counts.Select(count =>
    {
        var samples = _samples.Where(sample => sample.Threads == count).ToArray();
        return new MachineFigures(count, Median.Of(samples, sample => sample.Peak) / 1e9,
            Median.Of(samples, sample => sample.Bandwidth) / 1e9);
    })];

    private readonly record struct Sample(int Threads, double Peak, double Bandwidth);
}
