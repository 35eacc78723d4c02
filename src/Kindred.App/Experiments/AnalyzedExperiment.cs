using Kindred.Experiments.Analysis;

namespace Kindred.App.Experiments;

/// <summary>Result of an analysis.</summary>
/// <param name="Name">The name of the experiment.</param>
/// <param name="RowsAreUnits">True if every row counts as one unit because there is no unit column.</param>
/// <param name="Analysis">The analysis.</param>
public sealed record AnalyzedExperiment(string Name, bool RowsAreUnits, ExperimentAnalysis Analysis);
