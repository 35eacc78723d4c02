using Kindred.Numerics;

namespace Kindred.Experiments.Planning;

/// <summary>How often the relative lift T/C − 1 is found to be more than c standard errors of the delta method from 0.</summary>
/// <remarks>
/// The error √(v_T/(C² n_T) + v_C T²/(C⁴ n_C)) is itself of the values that are found. Taking it as expected is wrong where effects are large:
/// of a lift of 30% that is found 80% of the time it would say 80% where 86% is right. So the values C that the control may have are gone through,
/// and for each the least T that is significant: r = T/C solves (r − 1)² C² = c² (v_T/n_T + r² v_C/n_C), a quadratic; a share's own v goes with
/// its value, and that is a quadratic still.
/// </remarks>
internal readonly struct RelativeTest
{
    private const double Deviations = 8;
    private const int Steps = 128;

    private readonly bool _isShare;
    private readonly double _control;
    private readonly double _treatment;
    private readonly double _squaredErrorOfControl;
    private readonly double _squaredErrorOfTreatment;
    private readonly double _perControl;
    private readonly double _perTreated;

    /// <param name="plan">The plan.</param>
    /// <param name="value">The treatment's value.</param>
    /// <param name="variance">The treatment's unit variance.</param>
    /// <param name="controls">Units of the control.</param>
    /// <param name="treated">Units of the treatment.</param>
    public RelativeTest(PowerPlan plan, double value, double variance, double controls, double treated)
    {
        // A control below 0 is mirrored: the lift is relative to its size.
        var sign = plan.Baseline.Value < 0 ? -1 : 1;
        (_isShare, _control, _treatment) = (plan.Kind == MetricKind.Share, sign * plan.Baseline.Value, sign * value);
        (_perControl, _perTreated) = ((1 - plan.VarianceReduction) / controls, (1 - plan.VarianceReduction) / treated);
        (_squaredErrorOfControl, _squaredErrorOfTreatment) = (plan.Baseline.UnitVariance * _perControl, variance * _perTreated);
    }

    /// <summary>The chances of a ratio significantly above and below 1.</summary>
    public (double Above, double Below) Chances(double critical)
    {
        double above = 0, below = 0, mass = 0;
        var (deviation, spread) = (Math.Sqrt(_squaredErrorOfControl), Math.Sqrt(_squaredErrorOfTreatment));
        for (var i = 0; i <= Steps; i++)
        {
            var z = Deviations * (2.0 * i / Steps - 1);
            var weight = (i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2) * NormalDistribution.Density(z);
            mass += weight;
            var control = _control + z * deviation;
            if (control <= 0) continue;
            if (_isShare) control = Math.Min(1, control);
            var (high, low) = Bounds(control, critical * critical);
            above += weight * NormalDistribution.UpperTail((control * high - _treatment) / spread);
            below += weight * NormalDistribution.Cumulative((control * low - _treatment) / spread);
        }

        return (above / mass, below / mass);
    }

    /// <summary>The least ratio above 1 and the greatest below it that are significant; infinite where there is none.</summary>
    private (double High, double Low) Bounds(double control, double critical)
    {
        var square = control * control;
        // a r² − 2 b r + d = 0, significant where it is above 0.
        var (a, b, d) = _isShare
            ? (square + critical * (square * _perTreated - control * (1 - control) * _perControl), square + critical * control * _perTreated / 2, square)
            : (square - critical * _squaredErrorOfControl, square, square - critical * _squaredErrorOfTreatment);
        var root = Math.Sqrt(Math.Max(0, b * b - a * d));
        return (a > 0 ? (b + root) / a : double.PositiveInfinity, d / (b + root));
    }
}
