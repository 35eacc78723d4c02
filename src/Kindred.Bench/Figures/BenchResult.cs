using Kindred.Bench.Machine;
using Kindred.Bench.Settings;

namespace Kindred.Bench.Figures;

/// <summary>All that was measured.</summary>
/// <param name="Description">The machine.</param>
/// <param name="Options">What was asked for.</param>
/// <param name="Machine">With one thread and, if asked for, with all.</param>
/// <param name="Throughput">Scoring and training.</param>
/// <param name="Lookups">Single users.</param>
/// <param name="PeakMemoryBytes">The most memory that the process held.</param>
public sealed record BenchResult(
    MachineDescription Description, BenchOptions Options, IReadOnlyList<MachineFigures> Machine,
    IReadOnlyList<ThroughputFigures> Throughput, IReadOnlyList<LookupFigures> Lookups, long PeakMemoryBytes);
