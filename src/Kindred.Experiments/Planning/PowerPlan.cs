using System.ComponentModel.DataAnnotations;
using Kindred.Numerics;
using Kindred.Statistics;

namespace Kindred.Experiments.Planning;

/// <summary>The size of an experiment of two arms: the units it needs, or the effect it can find.</summary>
/// <remarks>
/// The test is two-sided and that of the analysis, for relative effects too: Student's t with Welch's degrees of freedom on the difference
/// (Fieller's interval of the relative lift excludes 0 exactly if it rejects). Its power follows from the noncentral t distribution. The
/// treatment's unit variance is the control's; for a share it is p(1 − p) of the share with the effect.
/// </remarks>
public sealed record PowerPlan
{
    private const long MostUnits = 1L << 50;
    private const double Nearly = 0.99;

    // The test treats shares as normal, which needs at least this many units with and without.
    private const double LeastOfShare = 5;

    /// <summary>The control's value, and the variance of a unit's contribution to it.</summary>
    public required ArmEstimate Baseline { get; init; }

    /// <summary>The kind of the metric.</summary>
    public required MetricKind Kind { get; init; }

    /// <summary>The scale of effects.</summary>
    public EffectScale Scale { get; init; } = EffectScale.Relative;

    /// <summary>1 less the probability of finding an effect if there is none.</summary>
    [Range(0.5, 0.9999)]
    public double Confidence { get; init; } = 0.95;

    /// <summary>The probability of finding an effect that exists.</summary>
    [Range(0.5, 0.9999)]
    public double Power { get; init; } = 0.8;

    /// <summary>The control's share of the units in both arms.</summary>
    [Range(0.001, 0.999)]
    public double ControlShare { get; init; } = 0.5;

    /// <summary>The share of the variance that the pre-period removes (CUPED); 0 without one.</summary>
    [Range(0, 0.999)]
    public double VarianceReduction { get; init; }

    /// <summary>For always-valid intervals: the units of both arms at which they are shortest. Null for one look at the end.</summary>
    /// <remarks>Power is then that of the look at the end alone; looking earlier as well finds the effect at least as often.</remarks>
    [Range(1, 1e15)]
    public double? TunedFor { get; init; }

    /// <summary>Computes the probability of finding an effect.</summary>
    /// <param name="effect">The effect, on the plan's scale.</param>
    /// <param name="units">Units of both arms together.</param>
    /// <returns>0 if it cannot be computed: an arm of fewer than two units, an unknown variance, or a share of fewer than five units of
    /// the control.</returns>
    public double PowerOf(double effect, double units)
    {
        OptionsValidation.Require(this);
        double controls = units * ControlShare, treated = units - controls;
        if (!(Math.Min(controls, treated) >= 2 && double.IsFinite(Baseline.UnitVariance))) return 0;
        if (Kind == MetricKind.Share && controls * Math.Min(Baseline.Value, 1 - Baseline.Value) < LeastOfShare) return 0;
        var (above, below, critical, freedom) = Shifts(effect, controls, treated);
        return NoncentralStudent.UpperTail(critical, freedom, above) + NoncentralStudent.UpperTail(critical, freedom, below);
    }

    /// <summary>Computes the smallest effect that is found with the plan's power.</summary>
    /// <param name="units">Units of both arms together.</param>
    /// <param name="direction">The direction of the effect.</param>
    /// <returns>On the plan's scale, below 0 for <see cref="MetricDirection.Lower"/>; infinite if no effect is found with so few
    /// units.</returns>
    public double DetectableEffect(double units, MetricDirection direction = MetricDirection.Higher)
    {
        var sign = direction == MetricDirection.Higher ? 1 : -1;
        var most = MostEffect(direction);
        if (most <= 0 || PowerOf(sign * most, units) < Power) return sign * double.PositiveInfinity;
        double low = 0, ofLow = Surplus(0), high = Math.Min(most, FirstGuess(units)), ofHigh = Surplus(high);
        while (ofHigh < 0)
        {
            (low, ofLow, high) = (high, ofHigh, Math.Min(most, 2 * high));
            ofHigh = Surplus(high);
        }

        // The quantile of power is nearly a straight line, so a few steps of false position find its root (Illinois form: an end that
        // stays is halved).
        var stayed = 0;
        for (var step = 0; step < 100 && high - low > 1e-12 * high && ofHigh > 1e-12; step++)
        {
            var middle = low - ofLow * (high - low) / (ofHigh - ofLow);
            var ofMiddle = Surplus(middle);
            if (ofMiddle < 0)
            {
                if (stayed > 0) ofHigh /= 2;
                (low, ofLow, stayed) = (middle, ofMiddle, 1);
            }
            else
            {
                if (stayed < 0) ofLow /= 2;
                (high, ofHigh, stayed) = (middle, ofMiddle, -1);
            }
        }

        return sign * high;

        double Surplus(double effect) =>
            Math.Clamp(NormalDistribution.Quantile(Math.Min(1, PowerOf(sign * effect, units))), -20, 20)
            - NormalDistribution.Quantile(Power);
    }

    /// <summary>Computes the fewest units of both arms together that find an effect with the plan's power.</summary>
    /// <param name="effect">The effect, on the plan's scale.</param>
    /// <exception cref="KindredException">The effect is 0 or impossible, or no number of units is enough.</exception>
    public long UnitsFor(double effect)
    {
        if (!(Math.Abs(effect) > 0) || Math.Abs(effect) > MostEffect(effect > 0 ? MetricDirection.Higher : MetricDirection.Lower))
        {
            throw new KindredException(ErrorKind.Usage, "effect_impossible",
                FormattableString.Invariant($"An effect of {effect} on a value of {Baseline.Value} cannot be planned for: it is 0, or leads to an impossible value."),
                "Give an effect such as .03, which is 3% more.")
            {
                Values = new Dictionary<string, object?> { ["effect"] = effect, ["value"] = Baseline.Value },
            };
        }

        long high = 4, low = 0;
        while (PowerOf(effect, high) < Power)
        {
            (low, high) = (high, high * 2);
            if (high > MostUnits) throw TooSmall(effect);
        }

        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            if (PowerOf(effect, middle) < Power) low = middle;
            else high = middle;
        }

        return high;
    }

    /// <summary>The factor by which always-valid intervals need more units than one look at the end; 1 for a plan of one look.</summary>
    /// <param name="effect">The effect, on the plan's scale.</param>
    public double SequentialInflation(double effect) => TunedFor is null ? 1
        : UnitsFor(effect) / (double)(this with { TunedFor = null }).UnitsFor(effect);

    /// <summary>The expected statistic for both signs, its critical value, and Welch's degrees of freedom.</summary>
    private (double Above, double Below, double Critical, double Freedom) Shifts(double effect, double controls, double treated)
    {
        var difference = Scale == EffectScale.Relative ? effect * Math.Abs(Baseline.Value) : effect;
        double kept = 1 - VarianceReduction, value = Baseline.Value + difference;
        var variance = Kind == MetricKind.Share ? value * (1 - value) : Baseline.UnitVariance;
        double ofTreated = kept * variance / treated, ofControls = kept * Baseline.UnitVariance / controls, both = ofTreated + ofControls;
        var freedom = TunedFor is not null || both == 0 ? double.PositiveInfinity
            : both * both / (ofTreated * ofTreated / (treated - 1) + ofControls * ofControls / (controls - 1));
        var critical = Critical(controls + treated, freedom);
        var shift = difference == 0 ? 0 : both > 0 ? difference / Math.Sqrt(both) : double.PositiveInfinity;
        return (shift, -shift, critical, freedom);
    }

    /// <summary>The critical value of the statistic.</summary>
    private double Critical(double units, double freedom)
    {
        var alpha = 1 - Confidence;
        if (TunedFor is not { } tuned) return StudentDistribution.Quantile(1 - alpha / 2, freedom);
        // The half-width of the always-valid interval over the standard error: √(2 (1 + 1/x) ln(√(1 + x)/α)) with x = Nρ².
        var log = -2 * PortableMath.Log(alpha);
        var x = units * (log + PortableMath.Log(log + 1)) / tuned;
        return Math.Sqrt(2 * (1 + 1 / x) * (0.5 * PortableMath.Log(1 + x) - PortableMath.Log(alpha)));
    }

    private static KindredException TooSmall(double effect) => new(ErrorKind.Usage, "effect_too_small",
        FormattableString.Invariant($"An effect of {effect} is too small to be found with any number of units."), "Give a larger effect.")
    {
        Values = new Dictionary<string, object?> { ["effect"] = effect },
    };

    /// <summary>Returns four standard errors of the difference.</summary>
    private double FirstGuess(double units)
    {
        var error = Math.Sqrt((1 - VarianceReduction) * Baseline.UnitVariance / (units * ControlShare * (1 - ControlShare)));
        return Math.Max(double.Epsilon, 4 * error / (Scale == EffectScale.Relative ? Math.Abs(Baseline.Value) : 1));
    }

    /// <summary>The largest possible effect: nearly down to 0, or for a share nearly up to 1, where no variance would be left.</summary>
    private double MostEffect(MetricDirection direction)
    {
        var value = Math.Abs(Baseline.Value);
        if (value == 0 && Scale == EffectScale.Relative) return 0;
        var unit = Scale == EffectScale.Relative ? 1 : value;
        if (Kind == MetricKind.Share) return Nearly * (direction == MetricDirection.Lower ? unit : unit * (1 - value) / value);
        return direction == MetricDirection.Lower && Scale == EffectScale.Relative ? Nearly
            : Math.Max(1e12 * unit, 1e12 * Math.Sqrt(Baseline.UnitVariance));
    }
}
