using Kindred.Experiments.Inference;
using Kindred.Numerics;

namespace Kindred.Experiments.Analysis;

/// <summary>Follows the metrics from day to day.</summary>
internal sealed class DayAnalysis(ExperimentData data, AnalysisOptions options, MetricComparer comparer)
{
    /// <summary>The curves of a treatment.</summary>
    public IReadOnlyList<DayCurve> Of(int arm)
    {
        if (data.Days.Count < 2) return [];
        return [.. Enumerable.Range(0, data.Metrics.Count).Where(m => data.Metrics[m].Metric.Kind != MetricKind.Quantile).Select(m => Curve(m, arm))];
    }

    private DayCurve Curve(int metric, int arm)
    {
        var kind = data.Metrics[metric].Metric.Kind;
        var absolutes = new List<(double Day, LiftEstimate Lift)>();
        var days = new List<DayComparison>();
        foreach (var day in data.Days)
        {
            // Before both arms have units there is no lift.
            if (day.Units[0] < 2 || day.Units[arm] < 2) continue;
            var (control, treatment) = Arms(metric, day.Metrics[metric][0], day.Metrics[metric][arm]);
            var (onControl, onTreatment) = (ArmEstimates.Of(kind, day.OnDay[metric][0]), ArmEstimates.Of(kind, day.OnDay[metric][arm]));
            var onDay = comparer.AtOnce(onControl, onTreatment);
            absolutes.Add((day.Day, onDay.Absolute));
            days.Add(new DayComparison(
                day.Day, day.Units[0], day.Units[arm], comparer.AtOnce(control, treatment).Relative,
                AlwaysValidLift.Relative(control, treatment, options.Confidence, options.TunedFor), onDay.Relative));
        }

        var (slope, p) = Slope(absolutes);
        return new DayCurve(data.Metrics[metric].Metric.Name, days, slope, p);
    }

    private (ArmEstimate Control, ArmEstimate Treatment) Arms(int metric, MetricMoments control, MetricMoments treatment)
    {
        var kind = data.Metrics[metric].Metric.Kind;
        return data.Metrics[metric].HasBefore && Cuped.Adjust(kind, [control, treatment]) is { } adjusted
            ? (adjusted.Arms[0], adjusted.Arms[1])
            : (ArmEstimates.Of(kind, control), ArmEstimates.Of(kind, treatment));
    }

    /// <summary>The slope of a line through the lifts of single days, each weighed by one over its variance.</summary>
    private static (double Slope, double PValue) Slope(List<(double Day, LiftEstimate Lift)> days)
    {
        var usable = days.Where(day => day.Lift.StandardError > 0 && double.IsFinite(day.Lift.StandardError) && double.IsFinite(day.Lift.Estimate))
            .Select(day => (day.Day, day.Lift.Estimate, Weight: 1 / (day.Lift.StandardError * day.Lift.StandardError))).ToArray();
        if (usable.Length < 3) return (0, 1);
        var weight = usable.Sum(day => day.Weight);
        var meanDay = usable.Sum(day => day.Weight * day.Day) / weight;
        var spread = usable.Sum(day => day.Weight * (day.Day - meanDay) * (day.Day - meanDay));
        if (!(spread > 0) || !double.IsFinite(spread)) return (0, 1);
        var slope = usable.Sum(day => day.Weight * (day.Day - meanDay) * day.Estimate) / spread;
        return (slope, NormalDistribution.TwoSided(slope * Math.Sqrt(spread)));
    }
}
