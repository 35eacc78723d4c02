using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Running;

/// <summary>What a daily run did.</summary>
/// <param name="Version">What is published now.</param>
/// <param name="IsNew">Whether that is a new version; otherwise nothing had changed.</param>
/// <param name="Trained">Models trained.</param>
/// <param name="WarmStarted">Those of them that began with their previous model.</param>
/// <param name="Thresholded">Models whose thresholds were found again.</param>
/// <param name="Tasks">Tasks of the plan.</param>
/// <param name="TasksRun">Those of them that were not finished before.</param>
public sealed record RunOutcome(RunVersion Version, bool IsNew, int Trained, int WarmStarted, int Thresholded, int Tasks, int TasksRun);
