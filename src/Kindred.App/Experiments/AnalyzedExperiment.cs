using Kindred.Experiments.Analysis;

namespace Kindred.App.Experiments;

/// <summary>Result of an analysis.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="RowsAreUnits">Whether every row was taken as a unit of its own, for want of a column of units.</param>
/// <param name="Analysis">What it comes to.</param>
public sealed record AnalyzedExperiment(string Name, bool RowsAreUnits, ExperimentAnalysis Analysis);
