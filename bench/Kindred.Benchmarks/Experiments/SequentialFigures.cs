namespace Kindred.Benchmarks.Experiments;

/// <summary>Numbers of simulated experiments that were wrong at any of their daily looks.</summary>
/// <param name="Runs">Experiments.</param>
/// <param name="Once">With the one-look interval of the difference, which daily looks invalidate.</param>
/// <param name="Absolute">With the always-valid interval of the difference.</param>
/// <param name="Relative">With the always-valid interval of the relative lift (Fieller).</param>
/// <param name="Delta">With the always-valid interval of the relative lift by the delta method.</param>
/// <param name="DeltaLater">As <paramref name="Delta"/>, from the first day on which both arms have 100 buyers.</param>
/// <param name="PValues">With an always-valid p-value of 5% or less although there is no effect.</param>
public sealed record SequentialFigures(int Runs, int Once, int Absolute, int Relative, int Delta, int DeltaLater, int PValues);
