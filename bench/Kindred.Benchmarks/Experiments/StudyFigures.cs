namespace Kindred.Benchmarks.Experiments;

/// <summary>What many simulated experiments say of one metric.</summary>
/// <param name="Name">The metric.</param>
/// <param name="Runs">Experiments of each kind.</param>
/// <param name="Alarms">A/A tests with p below 5%.</param>
/// <param name="MeanSquare">Mean of (difference / standard error)² of A/A tests: 1 where the variance is right.</param>
/// <param name="Absolute">A/B tests whose interval of the difference holds the truth.</param>
/// <param name="Delta">The same, of the relative lift by the delta method.</param>
/// <param name="Fieller">The same, by Fieller's theorem.</param>
/// <param name="Reduction">Mean variance reduction of CUPED; 0 without.</param>
public sealed record StudyFigures(string Name, int Runs, int Alarms, double MeanSquare, int Absolute, int Delta, int Fieller, double Reduction);
