namespace Kindred.Bench.Figures;

/// <summary>The limits of the machine with a number of threads: medians over the rounds.</summary>
/// <param name="Threads">Number of threads.</param>
/// <param name="FmaPeakGflops">10⁹ floating-point operations per second, in fused multiply-adds of the widest vectors.</param>
/// <param name="ReadGigabytesPerSecond">10⁹ bytes read from memory per second.</param>
public sealed record MachineFigures(int Threads, double FmaPeakGflops, double ReadGigabytesPerSecond);
