namespace Kindred.Experiments.Analysis;

/// <summary>A reason not to trust an experiment, with its numbers.</summary>
/// <param name="Reason">The kind of reason.</param>
/// <param name="Subject">The arm, the arms, or the kind of problem; empty for the arms' sizes.</param>
/// <param name="Share">The share of affected rows or units; 0 if it has none.</param>
/// <param name="PValue">The p-value; 1 if there is no test.</param>
public sealed record Distrust(DistrustReason Reason, string Subject, double Share, double PValue);
