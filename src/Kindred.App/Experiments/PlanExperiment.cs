using Kindred.Data.Experiments;
using Kindred.Experiments;
using Kindred.Experiments.Planning;

namespace Kindred.App.Experiments;

/// <summary>Plans an experiment from a past log or from numbers.</summary>
public static class PlanExperiment
{
    private const int DaysOfNumbers = 56;

    /// <summary>Plans an experiment.</summary>
    /// <param name="request">The past log or the numbers, and the effect or the units.</param>
    /// <param name="progress">Receives progress and notes.</param>
    /// <param name="cancellation">Stops the work; nothing is written then.</param>
    /// <returns>One plan per metric.</returns>
    /// <exception cref="KindredException">A setting is wrong, or the log is not a basis for a plan.</exception>
    public static ExperimentPlan Run(PlanExperimentRequest request, IProgressReporter progress, CancellationToken cancellation = default)
    {
        OptionsValidation.Require(request.Plan);
        if (request.Log is not { } options)
        {
            return new ExperimentPlan([Planned(request, request.Plan, request.Direction) with { Duration = Steady(request) }], null,
                null, []);
        }

        ExperimentData data;
        using (var line = progress.Start("Reading the log")) data = ExperimentLog.Read(options, line.Report, cancellation);
        if (data.Units.Sum() < 2)
        {
            throw new KindredException(ErrorKind.BadInput, "log_too_small",
                "The log has fewer than two units, which is not enough for a plan.", "Check the columns of units and of times.");
        }

        return new ExperimentPlan([.. data.Metrics.Select((metric, i) => OfLog(request, data, metric, i))], data.Rows, data.Units.Sum(),
            data.Problems);
    }

    private static PlannedMetric OfLog(PlanExperimentRequest request, ExperimentData data, MetricData metric, int place)
    {
        var moments = metric.Arms.Aggregate(default(MetricMoments), (all, arm) => all.Merge(arm));
        var (kind, direction) = (metric.Metric.Kind, metric.Metric.Better);
        var plan = request.Plan with { Kind = kind, Baseline = PlanBaseline.Of(kind, moments) };
        if (!request.HasVarianceReduction && metric.HasBefore)
        {
            plan = plan with { VarianceReduction = Math.Min(0.999, PlanBaseline.VarianceReduction(kind, moments)) };
        }

        return Planned(request, plan, direction) with
        {
            Name = metric.Metric.Name,
            Shown = metric.Metric.Scale,
            Duration = data.Days.Count == 0 ? null : DurationPlanner.Of(data.Days, place, plan, request.Traffic, direction),
        };
    }

    private static PlannedMetric Planned(PlanExperimentRequest request, PowerPlan plan, MetricDirection direction)
    {
        var effect = request.Effect is { } size ? (direction == MetricDirection.Lower ? -Math.Abs(size) : size) : (double?)null;
        var needed = effect is { } wanted ? UnitsFor(plan, wanted, mustBe: request.Log is null) : null;
        return new PlannedMetric
        {
            Plan = plan,
            Direction = direction,
            UnitsNeeded = needed,
            Inflation = needed is not null && plan.TunedFor is not null ? plan.SequentialInflation(effect!.Value) : null,
            DetectableEffect = request.Units is { } units ? plan.DetectableEffect(units, direction) : null,
            PowerOfEffect = effect is { } asked && request.Units is { } given ? plan.PowerOf(asked, given) : null,
        };
    }

    /// <summary>Computes the units that an effect needs. One of several metrics of a log may have no detectable effect; for given numbers
    /// that is an error.</summary>
    private static long? UnitsFor(PowerPlan plan, double effect, bool mustBe)
    {
        try
        {
            return plan.UnitsFor(effect);
        }
        catch (KindredException) when (!mustBe)
        {
            return null;
        }
    }

    /// <summary>Forecasts days with a constant number of new units and constant value and variance.</summary>
    private static DurationPlan? Steady(PlanExperimentRequest request)
    {
        if (request.UnitsADay is not { } perDay) return null;
        return new DurationPlan
        {
            Days = [.. Enumerable.Range(1, DaysOfNumbers).Select(day =>
            {
                var units = perDay * day * request.Traffic;
                return new DurationDay(day, units, request.Plan.Baseline, request.Plan.DetectableEffect(units, request.Direction),
                    IsForecast: true);
            })],
            LogDays = 0,
            Growth = 1,
            NewUnits = (perDay, perDay),
            Direction = request.Direction,
        };
    }
}
