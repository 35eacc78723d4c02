namespace Kindred.Experiments.Analysis;

/// <summary>The correction of p-values for their number.</summary>
public enum Correction
{
    /// <summary>Holm (1979): the probability of any false finding is at most 1 − confidence.</summary>
    Holm,

    /// <summary>Benjamini and Hochberg (1995): the expected share of false findings is at most 1 − confidence.</summary>
    BenjaminiHochberg,
}
