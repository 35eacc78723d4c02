using Kindred.Bench.Machine;
using Kindred.Bench.Settings;

namespace Kindred.Bench.Figures;

/// <summary>The result of all measurements.</summary>
/// <param name="Description">The machine.</param>
/// <param name="Options">The options of the run.</param>
/// <param name="Machine">Figures of the machine with one thread and, if requested, with all threads.</param>
/// <param name="Throughput">Figures of scoring and training.</param>
/// <param name="Lookups">Figures of scoring single users.</param>
/// <param name="PeakMemoryBytes">The maximum memory that the process held.</param>
public sealed record BenchResult(
    MachineDescription Description, BenchOptions Options, IReadOnlyList<MachineFigures> Machine,
    IReadOnlyList<ThroughputFigures> Throughput, IReadOnlyList<LookupFigures> Lookups, long PeakMemoryBytes);
