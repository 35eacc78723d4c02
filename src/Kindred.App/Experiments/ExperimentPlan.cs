using Kindred.Experiments;

namespace Kindred.App.Experiments;

/// <summary>Plans of all metrics of an experiment.</summary>
/// <param name="Metrics">One plan per metric.</param>
/// <param name="Rows">The number of rows of the log; null without a log.</param>
/// <param name="Units">The number of units of the log; null without a log.</param>
/// <param name="Problems">The problems found in the log.</param>
public sealed record ExperimentPlan(IReadOnlyList<PlannedMetric> Metrics, long? Rows, long? Units, IReadOnlyList<LogProblem> Problems);
