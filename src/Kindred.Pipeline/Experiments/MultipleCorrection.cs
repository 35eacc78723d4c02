namespace Kindred.Pipeline.Experiments;

/// <summary>How p-values of several metrics are adjusted for there being several.</summary>
public enum MultipleCorrection
{
    /// <summary><c>holm</c>: the chance of even one false alarm among them is held.</summary>
    Holm,

    /// <summary><c>bh</c>: the expected share of false ones among the alarms is held (Benjamini and Hochberg).</summary>
    BenjaminiHochberg,
}
