namespace Kindred.Experiments;

/// <summary>A metric, as it was declared before anybody looked at the outcome.</summary>
public sealed record Metric
{
    /// <summary>Its name, unique within an experiment.</summary>
    public required string Name { get; init; }

    /// <summary>What it is computed as.</summary>
    public required MetricKind Kind { get; init; }

    /// <summary>What is averaged, or the numerator of a ratio.</summary>
    public required Quantity Numerator { get; init; }

    /// <summary>The denominator of a ratio; null for every other kind.</summary>
    public Quantity? Denominator { get; init; }

    /// <summary>Which quantile, in (0, 1); for <see cref="MetricKind.Quantile"/> only.</summary>
    public double Quantile { get; init; } = 0.5;

    /// <summary>What the value is multiplied by when it is shown: 1,000 for revenue a thousand impressions.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Which way it is better.</summary>
    public MetricDirection Better { get; init; } = MetricDirection.Higher;

    /// <summary>What it has to say in the verdict.</summary>
    public MetricRole Role { get; init; } = MetricRole.Secondary;

    /// <summary>The relative worsening that a guardrail tolerates, such as .02; for <see cref="MetricRole.Guardrail"/> only.</summary>
    public double Margin { get; init; }

    /// <summary>A column that was known of each unit before the experiment and that foretells the numerator; null to use the same quantities
    /// of the pre-period, if the log has one.</summary>
    public string? Covariate { get; init; }

    /// <summary>Units' values (numerators) above this are set to it; null for no such cap.</summary>
    public double? Cap { get; init; }

    /// <summary>The cap as a quantile of the values above 0 of the units of all arms together, in (0, 1); null for no such cap.</summary>
    public double? CapQuantile { get; init; }
}
