namespace Kindred.Benchmarks.Experiments;

/// <summary>Numbers of simulated assignments that raised a sample-ratio alarm.</summary>
/// <param name="Runs">Assignments.</param>
/// <param name="AtTheEnd">Alarms of the test for one look, at the end.</param>
/// <param name="AnyDay">Alarms of the same test with a look every day, which inflates its error rate.</param>
/// <param name="Sequential">Alarms of the sequential test with a look every day.</param>
public sealed record SampleRatioFigures(int Runs, int AtTheEnd, int AnyDay, int Sequential);
