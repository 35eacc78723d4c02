namespace Kindred.Experiments.Analysis;

/// <summary>The outcome of a comparison of a treatment with the control.</summary>
public enum Outcome
{
    /// <summary>The experiment cannot be trusted, whatever the metrics say.</summary>
    Untrustworthy,

    /// <summary>A guardrail is harmed or broken.</summary>
    GuardrailHarmed,

    /// <summary>A primary metric is worse.</summary>
    Worse,

    /// <summary>A primary metric is better, none is worse, and every guardrail holds.</summary>
    Better,

    /// <summary>As <see cref="Better"/>, but a guardrail is not shown to hold.</summary>
    BetterGuardrailOpen,

    /// <summary>A primary metric has too few effective units for a finding.</summary>
    TooFewData,

    /// <summary>No difference of a primary metric was shown.</summary>
    NoDifferenceShown,
}
