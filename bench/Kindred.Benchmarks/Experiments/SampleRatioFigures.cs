namespace Kindred.Benchmarks.Experiments;

/// <summary>How many of many assignments alarmed at a level.</summary>
/// <param name="Runs">Assignments.</param>
/// <param name="AtTheEnd">The χ² test, looked at once.</param>
/// <param name="AnyDay">The χ² test, looked at every day: what that does to it.</param>
/// <param name="Sequential">The sequential test, looked at every day.</param>
public sealed record SampleRatioFigures(int Runs, int AtTheEnd, int AnyDay, int Sequential);
