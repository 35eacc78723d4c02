namespace Kindred.Experiments.Analysis;

/// <summary>What a comparison says about one metric.</summary>
public enum MetricFinding
{
    /// <summary>The experiment cannot be believed, so nothing is said of its metrics.</summary>
    NotJudged,

    /// <summary>One of the arms has no value.</summary>
    NotMeasured,

    /// <summary>Too few units carry the metric for a p-value that is not overwhelming to be believed.</summary>
    TooFew,

    /// <summary>No difference was shown; there may be one.</summary>
    NoDifferenceShown,

    /// <summary>The treatment is better.</summary>
    Better,

    /// <summary>The treatment is worse.</summary>
    Worse,

    /// <summary>A guardrail: it is not worse by as much as its margin.</summary>
    Holds,

    /// <summary>A guardrail: it may be worse by more than its margin, or not.</summary>
    NotShownToHold,

    /// <summary>A guardrail: it is worse, though perhaps by less than its margin.</summary>
    Harmed,

    /// <summary>A guardrail: it is worse by more than its margin.</summary>
    Broken,
}
