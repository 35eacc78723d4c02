namespace Kindred.App.DailyRuns;

/// <summary>The plan of a daily run, whose tasks workers do.</summary>
/// <param name="PlanFile">The file of the plan.</param>
/// <param name="Stages">The number of tasks of each stage, in the order of the stages.</param>
public sealed record PlannedRun(string PlanFile, IReadOnlyList<(string Stage, int Tasks)> Stages);
