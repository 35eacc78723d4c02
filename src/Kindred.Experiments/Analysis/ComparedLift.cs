namespace Kindred.Experiments.Analysis;

/// <summary>How far a treatment is from the control, both ways.</summary>
/// <param name="Absolute">The difference of the values. Its p-value is the one that decides.</param>
/// <param name="Relative">The difference divided by the control's value, with an interval that excludes 0 exactly if that of the difference does
/// (Fieller 1954; the same inversion where it is always valid).</param>
public sealed record ComparedLift(LiftEstimate Absolute, LiftEstimate Relative);
