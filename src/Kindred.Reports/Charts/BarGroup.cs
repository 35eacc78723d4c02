namespace Kindred.Reports.Charts;

/// <summary>A group of bars.</summary>
/// <param name="Name">The group's name; empty for a single group.</param>
/// <param name="Bars">The bars, from the top down.</param>
internal sealed record BarGroup(string Name, IReadOnlyList<Bar> Bars);

/// <summary>One bar.</summary>
/// <param name="Name">Its label.</param>
/// <param name="Series">The series that gives its colour.</param>
/// <param name="Value">Its length and error.</param>
internal sealed record Bar(string Name, int Series, Estimate Value);
