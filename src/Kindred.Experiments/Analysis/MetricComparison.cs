namespace Kindred.Experiments.Analysis;

/// <summary>The comparison of one metric of a treatment with the control.</summary>
public sealed record MetricComparison
{
    /// <summary>The metric.</summary>
    public required Metric Metric { get; init; }

    /// <summary>The control's value, without any adjustment.</summary>
    public required ArmEstimate Control { get; init; }

    /// <summary>The treatment's value, without any adjustment.</summary>
    public required ArmEstimate Treatment { get; init; }

    /// <summary>The control's moments: numerators and denominators.</summary>
    public required MetricMoments ControlMoments { get; init; }

    /// <summary>The treatment's moments.</summary>
    public required MetricMoments TreatmentMoments { get; init; }

    /// <summary>The effective number of units of each arm, (Σx)²/Σx² of the numerator: this many units of equal values would tell as much
    /// about the mean.</summary>
    public required (double Control, double Treatment) EffectiveUnits { get; init; }

    /// <summary>The effective number of units in the smaller arm if the arms do not differ: the basis of a normal interval.</summary>
    public double CarryingUnits => Control.Units + Treatment.Units == 0 ? 0
        : (EffectiveUnits.Control + EffectiveUnits.Treatment) * Math.Min(Control.Units, Treatment.Units)
            / (Control.Units + (double)Treatment.Units);

    /// <summary>The unit that carries the mean of one of the arms; null without one, and for a share or a quantile.</summary>
    public HeaviestUnit? Heaviest { get; init; }

    /// <summary>The lift without adjustment, for one look at the end.</summary>
    public required ComparedLift Raw { get; init; }

    /// <summary>The lift adjusted by the pre-period (CUPED); null if it explains nothing.</summary>
    public ComparedLift? Adjusted { get; init; }

    /// <summary>The share of the variance of the lift that the pre-period explains.</summary>
    public double VarianceReduction { get; init; }

    /// <summary>The always-valid lift, adjusted if possible; null if one look was planned.</summary>
    public ComparedLift? AlwaysValid { get; init; }

    /// <summary>The lift that decides: always valid if requested, otherwise adjusted, otherwise raw.</summary>
    public ComparedLift Decisive => AlwaysValid ?? Adjusted ?? Raw;

    /// <summary>The relative lift that would have been found with 80% power: by the interval that decides, at the level of the first
    /// comparison of its role; +∞ if unknown.</summary>
    public double DetectableLift { get; init; }

    /// <summary>The p-value of <see cref="Decisive"/>, corrected for all comparisons of the metric's role. It decides whether a guardrail
    /// is harmed; whether it holds follows from the interval alone.</summary>
    public double CorrectedPValue { get; init; } = 1;

    /// <summary>The finding.</summary>
    public MetricFinding Finding { get; init; }
}
