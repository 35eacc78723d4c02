namespace Kindred.Experiments.Analysis;

/// <summary>What the comparison of a treatment with the control comes to.</summary>
public enum Outcome
{
    /// <summary>The experiment cannot be believed, whatever the metrics say.</summary>
    Untrustworthy,

    /// <summary>A guardrail is harmed or broken.</summary>
    GuardrailHarmed,

    /// <summary>A primary metric is worse.</summary>
    Worse,

    /// <summary>A primary metric is better, none is worse, and every guardrail holds.</summary>
    Better,

    /// <summary>As <see cref="Better"/>, but a guardrail is not shown to hold.</summary>
    BetterGuardrailOpen,

    /// <summary>Too few units carry a primary metric to say anything.</summary>
    TooFewData,

    /// <summary>No difference of a primary metric was shown.</summary>
    NoDifferenceShown,
}
