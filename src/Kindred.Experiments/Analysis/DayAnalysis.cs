using Kindred.Experiments.Inference;
using Kindred.Statistics;

namespace Kindred.Experiments.Analysis;

/// <summary>Computes the metrics from day to day.</summary>
internal sealed class DayAnalysis(ExperimentData data, AnalysisOptions options, MetricComparer comparer)
{
    // Lifts of neighbouring days share users. If a user's values were correlated by .8 from day to day, the variance of a slope over two
    // weeks would be 2.9 times that of independent days.
    private const double SharedUsers = 3;

    /// <summary>Computes the curves of every treatment, from arm 1 on.</summary>
    public IReadOnlyList<IReadOnlyList<DayCurve>> All()
    {
        if (data.Days.Count < 2) return [.. data.Arms.Skip(1).Select(_ => (DayCurve[])[])];
        int[] metrics = [.. Enumerable.Range(0, data.Metrics.Count).Where(m => data.Metrics[m].Metric.Kind != MetricKind.Quantile)];
        DayCurve[][] curves = [.. Enumerable.Range(1, data.Arms.Count - 1).Select(arm => metrics.Select(m => Curve(m, arm)).ToArray())];
        var corrected = new Findings(options).Corrected([.. curves.SelectMany(of => of).Select(curve => curve.SlopePValue)]);
        return [.. curves.Select((of, t) =>
            of.Select((curve, m) => curve with { SlopePValue = corrected[t * metrics.Length + m] }).ToArray())];
    }

    private DayCurve Curve(int metric, int arm)
    {
        var kind = data.Metrics[metric].Metric.Kind;
        var single = new List<(double Day, LiftEstimate Lift)>();
        var days = new List<DayComparison>();
        foreach (var day in data.Days)
        {
            // There is no lift before both arms have units.
            if (day.Units[0] < 2 || day.Units[arm] < 2) continue;
            var (control, treatment) = Arms(metric, day.Metrics[metric][0], day.Metrics[metric][arm]);
            var (onControl, onTreatment) = (ArmEstimates.Of(kind, day.OnDay[metric][0]), ArmEstimates.Of(kind, day.OnDay[metric][arm]));
            var onDay = comparer.AtOnce(onControl, onTreatment).Relative;
            single.Add((day.Day, onDay));
            days.Add(new DayComparison(
                day.Day, day.Units[0], day.Units[arm], comparer.AtOnce(control, treatment).Relative,
                AlwaysValidLift.Relative(control, treatment, options.Confidence, options.TunedFor), onDay));
        }

        var (slope, p) = Slope(single);
        return new DayCurve(data.Metrics[metric].Metric.Name, days, slope, p);
    }

    private (ArmEstimate Control, ArmEstimate Treatment) Arms(int metric, MetricMoments control, MetricMoments treatment)
    {
        var kind = data.Metrics[metric].Metric.Kind;
        return data.Metrics[metric].HasBefore && Cuped.Adjust(kind, [control, treatment]) is { } adjusted
            ? (adjusted.Arms[0], adjusted.Arms[1])
            : (ArmEstimates.Of(kind, control), ArmEstimates.Of(kind, treatment));
    }

    /// <summary>Fits a line through the relative lifts of single days, weighted by one over the variance.</summary>
    private static (double Slope, double PValue) Slope(List<(double Day, LiftEstimate Lift)> days)
    {
        var usable =
            days.Where(day => day.Lift.StandardError > 0 && double.IsFinite(day.Lift.StandardError) && double.IsFinite(day.Lift.Estimate))
            .Select(day => (day.Day, day.Lift.Estimate, Weight: 1 / (day.Lift.StandardError * day.Lift.StandardError))).ToArray();
        if (usable.Length < 3) return (0, 1);
        var weight = usable.Sum(day => day.Weight);
        var meanDay = usable.Sum(day => day.Weight * day.Day) / weight;
        var spread = usable.Sum(day => day.Weight * (day.Day - meanDay) * (day.Day - meanDay));
        if (!(spread > 0) || !double.IsFinite(spread)) return (0, 1);
        var slope = usable.Sum(day => day.Weight * (day.Day - meanDay) * day.Estimate) / spread;
        return (slope, NormalDistribution.TwoSided(slope * Math.Sqrt(spread / SharedUsers)));
    }
}
