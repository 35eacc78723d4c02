using Kindred.Evaluation;

namespace Kindred.App.Evaluation;

/// <summary>Reach curves, with the options they were measured with.</summary>
public sealed record ReachResult(string Method, string? Country, int Folds, string PopulationVersion, IReadOnlyList<ReachCurve> Curves);
