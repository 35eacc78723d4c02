namespace Kindred.Experiments;

/// <summary>A metric, declared before the outcome is known.</summary>
public sealed record Metric
{
    /// <summary>The name, unique within an experiment.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of the metric.</summary>
    public required MetricKind Kind { get; init; }

    /// <summary>The quantity that is averaged, or the numerator of a ratio.</summary>
    public required Quantity Numerator { get; init; }

    /// <summary>The denominator of a ratio; null for every other kind.</summary>
    public Quantity? Denominator { get; init; }

    /// <summary>The quantile, in (0, 1); for <see cref="MetricKind.Quantile"/> only.</summary>
    public double Quantile { get; init; } = 0.5;

    /// <summary>The factor by which the value is shown: 1,000 for revenue per thousand impressions.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>The better direction.</summary>
    public MetricDirection Better { get; init; } = MetricDirection.Higher;

    /// <summary>The role in the verdict.</summary>
    public MetricRole Role { get; init; } = MetricRole.Secondary;

    /// <summary>The relative worsening that a guardrail tolerates, such as .02; for <see cref="MetricRole.Guardrail"/> only.</summary>
    public double Margin { get; init; }

    /// <summary>A column with a value of each unit from before the experiment that predicts the numerator; null to use the same quantities
    /// of the pre-period, if the log has one.</summary>
    public string? Covariate { get; init; }

    /// <summary>The cap: numerators of units above it are set to it. Null without a cap.</summary>
    public double? Cap { get; init; }

    /// <summary>The cap as a quantile of the values above 0 of the units of all arms together, in (0, 1); null without such a
    /// cap.</summary>
    public double? CapQuantile { get; init; }
}
