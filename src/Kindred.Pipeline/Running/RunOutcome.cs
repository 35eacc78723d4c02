using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Running;

/// <summary>The result of a daily run.</summary>
/// <param name="Version">The published version.</param>
/// <param name="IsNew">True if it is a new version; false if nothing had changed.</param>
/// <param name="Trained">The number of trained models.</param>
/// <param name="WarmStarted">The number of trained models with a warm start.</param>
/// <param name="Thresholded">The number of models with new thresholds.</param>
/// <param name="Tasks">The number of tasks in the plan.</param>
/// <param name="TasksRun">The number of tasks that were not finished before.</param>
public sealed record RunOutcome(RunVersion Version, bool IsNew, int Trained, int WarmStarted, int Thresholded, int Tasks, int TasksRun);
