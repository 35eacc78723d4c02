namespace Kindred.Experiments;

/// <summary>The role of a metric in the verdict.</summary>
public enum MetricRole
{
    /// <summary>The metric is shown, corrected for the number of such metrics, and decides nothing.</summary>
    Secondary,

    /// <summary>The metric decides whether the treatment is better.</summary>
    Primary,

    /// <summary>The metric must not get worse by more than its margin.</summary>
    Guardrail,
}
