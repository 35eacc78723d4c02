namespace Kindred.Benchmarks.Experiments;

/// <summary>Shares of simulated small experiments without any loss that a sample-ratio test at a level stopped.</summary>
/// <param name="ChiSquare">The share that the χ² test stopped.</param>
/// <param name="Tested">The share that the test of the analysis stopped.</param>
/// <param name="Probability">The probability that it stops one, summed over all outcomes; null if there are too many.</param>
public sealed record SmallRatioFigures(double ChiSquare, double Tested, double? Probability);
