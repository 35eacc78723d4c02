using Kindred.Experiments;

namespace Kindred.Cli.Jobs;

/// <summary>Plans of all metrics.</summary>
/// <param name="Metrics">One a metric.</param>
/// <param name="Rows">Rows of the log; null without one.</param>
/// <param name="Units">Units of the log; null without one.</param>
/// <param name="Problems">What is wrong with the log.</param>
internal sealed record PlanResult(IReadOnlyList<PlannedMetric> Metrics, long? Rows, long? Units, IReadOnlyList<LogProblem> Problems);
