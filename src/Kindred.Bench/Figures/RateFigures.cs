namespace Kindred.Bench.Figures;

/// <summary>How fast a job is with some threads: medians over the rounds.</summary>
/// <param name="Threads">Threads.</param>
/// <param name="PerSecond">Pairs or samples a second.</param>
/// <param name="Gflops">10⁹ floating-point operations a second, of those that must be done.</param>
/// <param name="PercentOfFmaPeak">Of what the same threads do measured right before and after.</param>
/// <param name="PercentInProcessorTime">
/// The same with the processor time of all threads for both: it does not see threads that wait for each other, nor other programs.
/// </param>
/// <param name="Seconds">Of one run.</param>
/// <param name="PeakGflops">That peak.</param>
/// <param name="ProcessorShare">Processor time over time by the clock and thread: far below 1, the machine was busy with something else or the threads waited.</param>
/// <param name="BytesAllocated">By one run, on the garbage-collected heap.</param>
public sealed record RateFigures(
    int Threads, double PerSecond, double Gflops, double PercentOfFmaPeak, double PercentInProcessorTime, double Seconds, double PeakGflops,
    double ProcessorShare, long BytesAllocated);
