using Kindred.Experiments;

namespace Kindred.App.Experiments;

/// <summary>Plans of all metrics of an experiment.</summary>
/// <param name="Metrics">One a metric.</param>
/// <param name="Rows">Rows of the log; null without one.</param>
/// <param name="Units">Units of the log; null without one.</param>
/// <param name="Problems">What is wrong with the log.</param>
public sealed record ExperimentPlan(IReadOnlyList<PlannedMetric> Metrics, long? Rows, long? Units, IReadOnlyList<LogProblem> Problems);
