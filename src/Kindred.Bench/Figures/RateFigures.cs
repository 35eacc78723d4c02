namespace Kindred.Bench.Figures;

/// <summary>The speed of a job with a number of threads: medians over the rounds.</summary>
/// <param name="Threads">Number of threads.</param>
/// <param name="PerSecond">Pairs or samples per second.</param>
/// <param name="Gflops">10⁹ necessary floating-point operations per second.</param>
/// <param name="PercentOfFmaPeak">Percentage of the peak of the same threads, measured right before and after.</param>
/// <param name="PercentInProcessorTime">
/// The same by processor time of all threads, which includes neither threads waiting for each other nor other programs.
/// </param>
/// <param name="Seconds">Duration of one run.</param>
/// <param name="PeakGflops">The peak.</param>
/// <param name="ProcessorShare">Processor time divided by wall-clock time and threads. If it is far below 1, the machine was busy with
/// other work or the threads waited.</param>
/// <param name="BytesAllocated">Bytes that one run allocates on the garbage-collected heap.</param>
public sealed record RateFigures(
    int Threads, double PerSecond, double Gflops, double PercentOfFmaPeak, double PercentInProcessorTime, double Seconds, double PeakGflops,
    double ProcessorShare, long BytesAllocated);
