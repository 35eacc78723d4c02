namespace Kindred.Experiments.Analysis;

/// <summary>The finding of a comparison about one metric.</summary>
public enum MetricFinding
{
    /// <summary>The experiment cannot be trusted, so its metrics are not judged.</summary>
    NotJudged,

    /// <summary>One of the arms has no value.</summary>
    NotMeasured,

    /// <summary>The effective number of units is too small to trust a p-value that is not extremely small.</summary>
    TooFew,

    /// <summary>No difference was shown; there may still be one.</summary>
    NoDifferenceShown,

    /// <summary>The treatment is better.</summary>
    Better,

    /// <summary>The treatment is worse.</summary>
    Worse,

    /// <summary>A guardrail that is not worse by as much as its margin.</summary>
    Holds,

    /// <summary>A guardrail that may be worse by more than its margin, or not.</summary>
    NotShownToHold,

    /// <summary>A guardrail that is worse, though perhaps by less than its margin.</summary>
    Harmed,

    /// <summary>A guardrail that is worse by more than its margin.</summary>
    Broken,
}
