namespace Kindred.Benchmarks.Experiments;

/// <summary>How many of many simulated experiments were wrong at any of their daily looks.</summary>
/// <param name="Runs">Experiments.</param>
/// <param name="Once">With the interval for one look, of the difference: what looking every day does to it.</param>
/// <param name="Absolute">With the always-valid interval of the difference.</param>
/// <param name="Relative">With the always-valid interval of the relative lift (Fieller).</param>
/// <param name="Delta">With the always-valid interval of the relative lift by the delta method.</param>
/// <param name="DeltaLater">The same, counting only days from the first on which both arms have 100 buyers.</param>
/// <param name="PValues">With an always-valid p of 5% or less while there is no effect.</param>
public sealed record SequentialFigures(int Runs, int Once, int Absolute, int Relative, int Delta, int DeltaLater, int PValues);
