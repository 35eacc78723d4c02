namespace Kindred.App.DailyRuns;

/// <summary>Plan of a daily run, for workers that do its tasks.</summary>
/// <param name="PlanFile">The file of the plan.</param>
/// <param name="Stages">The number of tasks of each stage, in the order of the stages.</param>
public sealed record PlannedRun(string PlanFile, IReadOnlyList<(string Stage, int Tasks)> Stages);
