namespace Kindred.Experiments.Analysis;

/// <summary>A reason not to believe an experiment, with its numbers.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Subject">The arm, or the kind of problem, that it is about; empty for the arms' sizes.</param>
/// <param name="Share">The share of rows or units that it concerns; 0 where it is no share.</param>
/// <param name="PValue">How improbable it is; 1 where it is no test.</param>
public sealed record Distrust(DistrustReason Reason, string Subject, double Share, double PValue);
