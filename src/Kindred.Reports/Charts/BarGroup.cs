using Kindred.Reports;

namespace Kindred.Reports.Charts;

/// <summary>Bars that belong together.</summary>
/// <param name="Name">What they share; empty for a single group.</param>
/// <param name="Bars">The bars, from the top down.</param>
internal sealed record BarGroup(string Name, IReadOnlyList<Bar> Bars);

/// <summary>One bar.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Series">Which colour it has.</param>
/// <param name="Value">Its length, and its error.</param>
internal sealed record Bar(string Name, int Series, Estimate Value);
