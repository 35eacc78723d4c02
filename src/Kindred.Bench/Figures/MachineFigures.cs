namespace Kindred.Bench.Figures;

/// <summary>What the machine can do with some threads: medians over the rounds.</summary>
/// <param name="Threads">Threads.</param>
/// <param name="FmaPeakGflops">10⁹ floating-point operations a second, in fused multiply-adds of the widest vectors.</param>
/// <param name="ReadGigabytesPerSecond">10⁹ bytes of memory read a second.</param>
public sealed record MachineFigures(int Threads, double FmaPeakGflops, double ReadGigabytesPerSecond);
