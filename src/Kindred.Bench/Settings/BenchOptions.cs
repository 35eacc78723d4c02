namespace Kindred.Bench.Settings;

/// <summary>What is measured.</summary>
public sealed record BenchOptions
{
    /// <summary>How much of it.</summary>
    public BenchSize Size { get; init; } = BenchSize.Full;

    /// <summary>Threads beside the one that everything is measured with; 1 for that one alone.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Seed of users and models.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Names of the jobs that are measured; all of <see cref="BenchRun.JobNames"/> if empty.</summary>
    public IReadOnlyCollection<string> Only { get; init; } = [];
}
