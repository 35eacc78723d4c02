using Kindred.Evaluation;

namespace Kindred.App.Evaluation;

/// <summary>Reach curves, and how they were measured.</summary>
public sealed record ReachResult(string Method, string? Country, int Folds, string PopulationVersion, IReadOnlyList<ReachCurve> Curves);
