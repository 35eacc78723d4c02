namespace Kindred.Experiments.Inference;

/// <summary>The result of a sample ratio test.</summary>
/// <param name="ChiSquare">Pearson's statistic; +∞ if an arm with a planned share of 0 has units.</param>
/// <param name="PValue">The probability of arms at least as far from the plan, for one look.</param>
/// <param name="SequentialPValue">The same, valid for any number of looks; its smallest value over all looks is valid too.</param>
/// <param name="Expected">[arms] units by the plan.</param>
/// <param name="IsExact">True if <paramref name="PValue"/> holds for any number of units; false if it is that of
/// <paramref name="ChiSquare"/>, which needs many.</param>
public sealed record SampleRatioResult(
    double ChiSquare, double PValue, double SequentialPValue, IReadOnlyList<double> Expected, bool IsExact);
