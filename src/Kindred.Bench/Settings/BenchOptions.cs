namespace Kindred.Bench.Settings;

/// <summary>Options of a benchmark run.</summary>
public sealed record BenchOptions
{
    /// <summary>The amount of measurement.</summary>
    public BenchSize Size { get; init; } = BenchSize.Full;

    /// <summary>Threads of the second measurement; everything is also measured with one thread. 1 skips the second measurement.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Seed of users and models.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Names of the measured jobs; all of <see cref="BenchRun.JobNames"/> if empty.</summary>
    public IReadOnlyCollection<string> Only { get; init; } = [];
}
