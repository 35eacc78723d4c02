namespace Kindred.Experiments.Analysis;

/// <summary>The absolute and the relative lift of a treatment over the control.</summary>
/// <param name="Absolute">The difference of the values. Its p-value decides.</param>
/// <param name="Relative">The difference divided by the control's value, with a confidence set that excludes 0 exactly if that of the
/// difference does (Fieller 1954, and its always-valid form).</param>
public sealed record ComparedLift(LiftEstimate Absolute, LiftEstimate Relative);
