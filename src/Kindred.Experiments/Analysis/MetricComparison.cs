namespace Kindred.Experiments.Analysis;

/// <summary>One metric of a treatment against the control.</summary>
public sealed record MetricComparison
{
    /// <summary>The metric.</summary>
    public required Metric Metric { get; init; }

    /// <summary>The control's value, as it is without any adjustment.</summary>
    public required ArmEstimate Control { get; init; }

    /// <summary>The treatment's value, as it is without any adjustment.</summary>
    public required ArmEstimate Treatment { get; init; }

    /// <summary>The control's moments: numerators and denominators.</summary>
    public required MetricMoments ControlMoments { get; init; }

    /// <summary>The treatment's moments.</summary>
    public required MetricMoments TreatmentMoments { get; init; }

    /// <summary>Units that carry the metric in each arm, (Σx)²/Σx² of the numerator: as many units of equal values would tell as much of its mean.</summary>
    public required (double Control, double Treatment) EffectiveUnits { get; init; }

    /// <summary>Units that are expected to carry the metric in the smaller arm if the arms do not differ: what a normal interval rests on.</summary>
    public double CarryingUnits => Control.Units + Treatment.Units == 0 ? 0
        : (EffectiveUnits.Control + EffectiveUnits.Treatment) * Math.Min(Control.Units, Treatment.Units) / (Control.Units + (double)Treatment.Units);

    /// <summary>The lift without adjustment, for one look at the end.</summary>
    public required ComparedLift Raw { get; init; }

    /// <summary>The lift with the pre-period accounted for (CUPED); null without a pre-period that tells anything.</summary>
    public ComparedLift? Adjusted { get; init; }

    /// <summary>The share of the variance of the lift that the pre-period explains.</summary>
    public double VarianceReduction { get; init; }

    /// <summary>The lift (adjusted where that is possible) with intervals that hold at all looks together; null if one look was planned.</summary>
    public ComparedLift? AlwaysValid { get; init; }

    /// <summary>The lift that decides: always valid if asked for, else adjusted, else raw.</summary>
    public ComparedLift Decisive => AlwaysValid ?? Adjusted ?? Raw;

    /// <summary>The relative lift that would have been found with 80% power, as it is judged here: by the interval that decides, at the level that is left
    /// to the first of the comparisons of its role; +∞ where that cannot be said.</summary>
    public double DetectableLift { get; init; }

    /// <summary>The p-value of <see cref="Decisive"/>, corrected for all comparisons of the metric's role. By it a guardrail is harmed; that it holds
    /// follows from its interval alone.</summary>
    public double CorrectedPValue { get; init; } = 1;

    /// <summary>What it comes to.</summary>
    public MetricFinding Finding { get; init; }
}
