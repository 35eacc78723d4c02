namespace Kindred.Experiments.Inference;

/// <summary>Whether arms have as many units as was planned.</summary>
/// <param name="ChiSquare">Pearson's statistic; +∞ where an arm has units that was to have none.</param>
/// <param name="PValue">Chance of arms at least as far from the plan, looked at once.</param>
/// <param name="SequentialPValue">The same, valid however often one looks; it may be taken at its smallest over all looks.</param>
/// <param name="Expected">[arms] units by the plan.</param>
public sealed record SampleRatioResult(double ChiSquare, double PValue, double SequentialPValue, IReadOnlyList<double> Expected);
