namespace Kindred.Benchmarks.Experiments;

/// <summary>Results of many simulated experiments for one metric.</summary>
/// <param name="Name">The metric.</param>
/// <param name="Runs">Experiments of each kind.</param>
/// <param name="Alarms">A/A tests with a p-value below 5%.</param>
/// <param name="MeanSquare">Mean of (difference / standard error)² over A/A tests; 1 if the variance estimate is right.</param>
/// <param name="Absolute">A/B tests in which the interval of the difference covers the truth.</param>
/// <param name="Delta">A/B tests in which the delta-method interval of the relative lift covers the truth.</param>
/// <param name="Fieller">A/B tests in which the Fieller interval of the relative lift covers the truth.</param>
/// <param name="Reduction">Mean variance reduction by CUPED; 0 without CUPED.</param>
public sealed record StudyFigures(string Name, int Runs, int Alarms, double MeanSquare, int Absolute, int Delta, int Fieller,
    double Reduction);
