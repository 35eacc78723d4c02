namespace Kindred.Experiments;

/// <summary>What a metric has to say in the verdict.</summary>
public enum MetricRole
{
    /// <summary>It is shown, with the multiplicity of all such metrics accounted for, and decides nothing.</summary>
    Secondary,

    /// <summary>It decides whether the treatment is better.</summary>
    Primary,

    /// <summary>It must not get worse by more than its margin.</summary>
    Guardrail,
}
