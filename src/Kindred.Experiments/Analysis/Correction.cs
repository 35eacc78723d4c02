namespace Kindred.Experiments.Analysis;

/// <summary>How p-values of several metrics are corrected for being several.</summary>
public enum Correction
{
    /// <summary>Holm (1979): the chance of any false finding is at most 1 − confidence.</summary>
    Holm,

    /// <summary>Benjamini and Hochberg (1995): of the findings, at most a share of 1 − confidence is expected to be false.</summary>
    BenjaminiHochberg,
}
