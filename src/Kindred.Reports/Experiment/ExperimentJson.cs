using System.Text.Json.Nodes;
using Kindred.App.Experiments;
using Kindred.Experiments;
using Kindred.Experiments.Analysis;

namespace Kindred.Reports.Experiment;

/// <summary>An analysed experiment as JSON. Infinite values are null.</summary>
public static class ExperimentJson
{
    /// <summary>The documented JSON of an analysis.</summary>
    public static JsonObject Of(AnalyzedExperiment result)
    {
        var analysis = result.Analysis;
        return new JsonObject
        {
            ["experiment"] = result.Name,
            ["confidence"] = analysis.Options.Confidence,
            ["sequential"] = analysis.Options.Sequential,
            ["correction"] = analysis.Options.Correction == Correction.Holm ? "holm" : "benjamini_hochberg",
            ["rows"] = analysis.Data.Rows,
            ["rows_are_units"] = result.RowsAreUnits,
            ["arms"] = new JsonArray([.. analysis.Data.Arms.Select((arm, i) => new JsonObject
            {
                ["name"] = arm,
                ["units"] = analysis.Data.Units[i],
                ["planned_units"] = JsonText.Number(analysis.SampleRatio.Expected[i]),
            })]),
            ["sample_ratio"] = new JsonObject
            {
                ["chi_square"] = JsonText.Number(analysis.SampleRatio.ChiSquare),
                ["p"] = JsonText.Number(analysis.SampleRatio.PValue),
                ["sequential_p"] = JsonText.Number(analysis.SampleRatio.SequentialPValue),
                ["exact"] = analysis.SampleRatio.IsExact,
                ["alarm_below"] = analysis.Options.SampleRatioAlarm,
            },
            ["assigned"] = analysis.Data.Coverage is { } coverage ? Of(coverage) : null,
            ["distrust"] = new JsonArray([.. analysis.Distrusts
                .Select(distrust => Of(distrust, ExperimentWords.Distrusted(distrust, analysis)))]),
            ["warnings"] = new JsonArray([.. analysis.Warnings
                .Select(warning => Of(warning, ExperimentWords.Warned(warning, analysis)))]),
            ["problems"] = new JsonArray([.. analysis.Data.Problems.Select(problem => new JsonObject
            {
                ["kind"] = Name(problem.Kind),
                ["rows"] = problem.Rows,
                ["units"] = problem.Units,
                ["units_by_arm"] = new JsonArray([.. problem.UnitsByArm.Select(units => JsonValue.Create(units))]),
                ["places"] = new JsonArray([.. problem.Places.Select(place => JsonValue.Create(place))]),
                ["words"] = ExperimentWords.Problem(problem),
            })]),
            ["primary_declared"] = analysis.PrimaryDeclared,
            ["comparisons"] = new JsonObject
            {
                ["primary"] = analysis.PrimaryComparisons,
                ["secondary"] = analysis.SecondaryComparisons,
                ["segments"] = analysis.SegmentComparisons,
            },
            ["treatments"] = new JsonArray([.. analysis.Treatments.Select(treatment => Of(treatment, analysis))]),
        };
    }

    private static JsonObject Of(AssignmentCoverage coverage) => new()
    {
        ["units"] = new JsonArray([.. coverage.Assigned.Select(units => JsonValue.Create(units))]),
        ["with_rows"] = new JsonArray([.. coverage.WithRows.Select(units => JsonValue.Create(units))]),
        ["unassigned"] = coverage.Unassigned,
    };

    private static JsonObject Of(Distrust distrust, string words) => new()
    {
        ["reason"] = Name(distrust.Reason),
        ["subject"] = distrust.Subject,
        ["share"] = JsonText.Number(distrust.Share),
        ["p"] = JsonText.Number(distrust.PValue),
        ["words"] = words,
    };

    private static JsonObject Of(TreatmentAnalysis treatment, ExperimentAnalysis analysis) => new()
    {
        ["arm"] = analysis.Data.Arms[treatment.Arm],
        ["outcome"] = Name(treatment.Outcome),
        ["verdict"] = string.Join(' ', ExperimentWords.Verdict(treatment, analysis)),
        ["metrics"] = new JsonArray([.. treatment.Metrics.Select(metric =>
            Of(metric, analysis.Data, analysis.Data.Metrics.First(data => data.Metric.Name == metric.Metric.Name), treatment.Arm))]),
        ["segments"] = new JsonArray([.. treatment.Segments.Select(segment => new JsonObject
        {
            ["dimension"] = segment.Dimension,
            ["value"] = segment.Value,
            ["control_units"] = segment.ControlUnits,
            ["treatment_units"] = segment.TreatmentUnits,
            ["metrics"] = new JsonArray([.. segment.Metrics.Select(metric => Of(metric, analysis.Data, null, treatment.Arm))]),
        })]),
        ["dimensions"] = new JsonArray([.. treatment.Dimensions.Select(test => new JsonObject
        {
            ["dimension"] = test.Dimension,
            ["metric"] = test.Metric,
            ["segments"] = test.Segments,
            ["p"] = JsonText.Number(test.PValue),
            ["corrected_p"] = JsonText.Number(test.CorrectedPValue),
        })]),
        ["days"] = new JsonArray([.. treatment.Curves.Select(curve => new JsonObject
        {
            ["metric"] = curve.Metric,
            ["slope_per_day"] = JsonText.Number(curve.SlopePerDay),
            ["slope_p"] = JsonText.Number(curve.SlopePValue),
            ["points"] = new JsonArray([.. curve.Days.Select(day => new JsonObject
            {
                ["day"] = ExperimentWords.Day(day.Day),
                ["control_units"] = day.ControlUnits,
                ["treatment_units"] = day.TreatmentUnits,
                ["relative"] = Of(day.Relative),
                ["always_valid"] = Of(day.AlwaysValid),
                ["on_day"] = Of(day.OnDay),
            })]),
        })]),
    };

    private static JsonObject Of(MetricComparison comparison, ExperimentData all, MetricData? data, int arm)
    {
        var metric = comparison.Metric;
        var json = new JsonObject
        {
            ["name"] = metric.Name,
            ["kind"] = Name(metric.Kind),
            ["role"] = Name(metric.Role),
            ["better"] = Name(metric.Better),
            ["scale"] = metric.Scale,
            ["control"] = Of(comparison.Control, comparison.ControlMoments, metric, comparison.EffectiveUnits.Control),
            ["treatment"] = Of(comparison.Treatment, comparison.TreatmentMoments, metric, comparison.EffectiveUnits.Treatment),
            ["raw"] = Of(comparison.Raw, metric),
            ["adjusted"] = comparison.Adjusted is { } adjusted ? Of(adjusted, metric) : null,
            ["variance_reduction"] = JsonText.Number(comparison.VarianceReduction),
            ["always_valid"] = comparison.AlwaysValid is { } always ? Of(always, metric) : null,
            ["corrected_p"] = JsonText.Number(comparison.CorrectedPValue),
            ["detectable_lift"] = JsonText.Number(comparison.DetectableLift),
            ["finding"] = Name(comparison.Finding),
        };
        if (metric.Role == MetricRole.Guardrail) json["margin"] = metric.Margin;
        if (comparison.Heaviest is { } unit)
        {
            json["heaviest_unit"] = new JsonObject
            {
                ["arm"] = all.Arms[unit.Arm],
                ["share"] = JsonText.Number(unit.Share),
                ["effective_units_without"] = JsonText.Number(unit.EffectiveUnitsWithout),
            };
        }

        if (data?.Cap is { } cap)
        {
            json["cap"] = JsonText.Number(cap);
            json["capped_units"] = new JsonArray(data.CappedUnits[0], data.CappedUnits[arm]);
        }

        return json;
    }

    private static JsonObject Of(ArmEstimate estimate, MetricMoments moments, Metric metric, double effective) => new()
    {
        ["value"] = JsonText.Number(estimate.Value * metric.Scale),
        ["standard_error"] = JsonText.Number(estimate.StandardError * metric.Scale),
        ["units"] = estimate.Units,
        ["numerator"] = JsonText.Number(moments.Sum(0)),
        ["denominator"] = JsonText.Number(moments.Sum(1)),
        ["effective_units"] = JsonText.Number(effective),
    };

    private static JsonObject Of(ComparedLift lift, Metric metric) => new()
    {
        ["absolute"] = Of(lift.Absolute, metric.Scale),
        ["relative"] = Of(lift.Relative),
    };

    private static JsonObject Of(LiftEstimate lift, double scale = 1)
    {
        var json = new JsonObject
        {
            ["estimate"] = JsonText.Number(lift.Estimate * scale),
            ["low"] = JsonText.Number(lift.Low * scale),
            ["high"] = JsonText.Number(lift.High * scale),
            ["standard_error"] = JsonText.Number(lift.StandardError * scale),
            ["p"] = JsonText.Number(lift.PValue),
        };
        if (ExperimentWords.IsUndefined(lift)) json["undefined"] = "control_is_zero";
        if (lift.Interval.Gap is var (from, to))
        {
            json["gap"] = new JsonObject { ["low"] = JsonText.Number(from * scale), ["high"] = JsonText.Number(to * scale) };
        }

        return json;
    }

    /// <summary>Converts an enumeration value to snake_case, as in no_difference_shown.</summary>
    private static string Name<T>(T value) where T : struct, Enum =>
        string.Concat(value.ToString()
            .Select((letter, i) => char.IsUpper(letter) ? (i == 0 ? "" : "_") + char.ToLowerInvariant(letter) : letter.ToString()));
}
