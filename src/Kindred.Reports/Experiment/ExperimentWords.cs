using System.Globalization;
using Kindred.Experiments;
using Kindred.Experiments.Analysis;
using Kindred.Reports;
using Kindred.Reports.Compare;
using Kindred.Reports.Demo;

namespace Kindred.Reports.Experiment;

/// <summary>What an experiment comes to, in words with numerators, denominators and uncertainty.</summary>
public static class ExperimentWords
{
    // What changes to ads hardly ever do to a metric.
    private const double LargeEffect = 0.2;

    /// <summary>The verdict on a treatment: the first sentence is the answer.</summary>
    public static IReadOnlyList<string> Verdict(TreatmentAnalysis treatment, ExperimentAnalysis analysis)
    {
        string name = analysis.Data.Arms[treatment.Arm], control = analysis.Data.Arms[0];
        var primary = treatment.Metrics.Where(metric => metric.Metric.Role == MetricRole.Primary).ToArray();
        var guardrails = treatment.Metrics.Where(metric => metric.Metric.Role == MetricRole.Guardrail).ToArray();
        List<string> sentences = [Answer(treatment.Outcome, name, control)];
        if (treatment.Outcome == Outcome.Untrustworthy)
        {
            sentences.AddRange(analysis.Distrusts.Select(distrust => Distrusted(distrust, analysis)));
            sentences.Add("Find the cause before reading any metric: the figures below are for that only.");
            return sentences;
        }

        sentences.AddRange(guardrails.Where(metric => metric.Finding is MetricFinding.Harmed or MetricFinding.Broken).Select(Guardrail));
        sentences.AddRange(primary.Select(metric => Sentence(metric, analysis)));
        sentences.AddRange(guardrails.Where(metric => metric.Finding is not (MetricFinding.Harmed or MetricFinding.Broken)).Select(Guardrail));
        return sentences;
    }

    /// <summary>Why an experiment is not to be believed.</summary>
    public static string Distrusted(Distrust distrust, ExperimentAnalysis analysis) => distrust.Reason switch
    {
        DistrustReason.SampleRatio =>
            $"The arms have {Joined(analysis.Data.Units)} units where {Joined(analysis.SampleRatio.Expected.Select(units => (long)Math.Round(units)))} were planned, "
            + $"which chance does not do (p {P(distrust.PValue)}): units were lost or added in one of them.",
        DistrustReason.EmptyArm => $"Arm '{distrust.Subject}' has no units: check its name, and whether its rows are in the log.",
        DistrustReason.SeveralArms => $"{Figure.ShortPercent(distrust.Share)} of the units were in several arms: the assignment did not hold.",
        DistrustReason.BrokenRows => $"{Figure.ShortPercent(distrust.Share)} of the rows were left out ({KindWords(distrust.Subject)}).",
        _ => $"A problem of the log ({KindWords(distrust.Subject)}) struck the arms unevenly (p {P(distrust.PValue)}): what is left of them does not compare.",
    };

    /// <summary>A problem of the log, with what was done about it.</summary>
    public static string Problem(LogProblem problem)
    {
        var places = problem.Places.Count == 0 ? "" : $" First at {string.Join("; ", problem.Places)}.";
        var units = problem.Units > 0 ? $" of {Count(problem.Units, "unit")}" : "";
        return $"{Count(problem.Rows, "row")}{units}: {Happened(problem.Kind)}.{places}";
    }

    /// <summary>A relative lift with its sign.</summary>
    public static string Lift(double lift) => double.IsFinite(lift)
        ? (lift > -0.00005 ? "+" : "") + Figure.Fixed(100 * (Math.Abs(lift) < 0.00005 ? 0 : lift), Math.Abs(lift) < 0.0995 ? 2 : 1) + "%"
        : lift > 0 ? "+∞" : lift < 0 ? "−∞" : Figure.None;

    /// <summary>An interval of a relative lift.</summary>
    public static string Range(LiftEstimate lift) => lift.Interval switch
    {
        { Gap: var (low, high) } => $"{Lift(low)} or less, or {Lift(high)} or more",
        { Shape: ConfidenceSetShape.HalfLine, Low: var low, High: double.PositiveInfinity } => $"{Lift(low)} or more",
        { Shape: ConfidenceSetShape.HalfLine, High: var high } => $"{Lift(high)} or less",
        var interval => $"{Lift(interval.Low)} to {Lift(interval.High)}",
    };

    /// <summary>A metric's value: four digits, a share in percent.</summary>
    public static string Value(Metric metric, double value)
    {
        if (!double.IsFinite(value)) return Figure.None;
        if (metric.Kind == MetricKind.Share) return Digits(100 * value) + "%";
        return Digits(value * metric.Scale);
    }

    /// <summary>A p-value.</summary>
    public static string P(double value) => CompareWords.P(value);

    /// <summary>A day, such as 2026-01-31.</summary>
    public static string Day(int day) => DateOnly.FromDayNumber(DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber + day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>What a metric is worth in one arm, such as 18.3% (3,894 of 21,307).</summary>
    public static string Counted(Metric metric, ArmEstimate estimate, MetricMoments moments)
    {
        var value = Value(metric, estimate.Value);
        return metric.Kind == MetricKind.Quantile
            ? $"{value} ({Count((long)moments.Sum(1), "row")} of {Figure.Count(moments.Units)} units)"
            : $"{value} ({Amount(moments.Sum(0))} of {Amount(moments.Sum(1))})";
    }

    /// <summary>What a finding is called.</summary>
    public static string Finding(MetricFinding finding) => finding switch
    {
        MetricFinding.NotJudged => "not judged",
        MetricFinding.NotMeasured => "not measured",
        MetricFinding.TooFew => "too few data",
        MetricFinding.NoDifferenceShown => "no difference shown",
        MetricFinding.Better => "better",
        MetricFinding.Worse => "worse",
        MetricFinding.Holds => "holds",
        MetricFinding.NotShownToHold => "not shown to hold",
        MetricFinding.Harmed => "harmed",
        _ => "broken",
    };

    /// <summary>Whether an effect changed from day to day, or null where nothing of that is seen.</summary>
    public static string? Novelty(DayCurve curve)
    {
        if (!(curve.SlopePValue < 0.01) || curve.Days.Count == 0) return null;
        return $"The effect on {curve.Metric} was not the same on all days: it {(curve.SlopePerDay > 0 ? "rose" : "fell")} from day to day (p {P(curve.SlopePValue)}). "
            + "What lasts may differ from the average of the whole time.";
    }

    /// <summary>So many comparisons.</summary>
    public static string Comparisons(int count) => Count(count, "comparison");

    private static string Answer(Outcome outcome, string treatment, string control) => outcome switch
    {
        Outcome.Untrustworthy => "This experiment cannot be believed, whatever its metrics say.",
        Outcome.GuardrailHarmed => $"Do not ship {treatment}: a guardrail is harmed.",
        Outcome.Worse => $"Do not ship {treatment}: it is worse than {control}.",
        Outcome.Better => $"{treatment} is better than {control}.",
        Outcome.BetterGuardrailOpen => $"{treatment} is better than {control} on what was to be improved, but it is not shown to be harmless.",
        Outcome.TooFewData => $"There are too few data to say whether {treatment} is better than {control}.",
        _ => $"{treatment} is not shown to be better or worse than {control}.",
    };

    private static string Sentence(MetricComparison metric, ExperimentAnalysis analysis)
    {
        var lift = metric.Decisive;
        var name = metric.Metric.Name;
        var values = $"{Counted(metric.Metric, metric.Treatment, metric.TreatmentMoments)} against {Counted(metric.Metric, metric.Control, metric.ControlMoments)}";
        var corrected = analysis.PrimaryComparisons > 1 ? " after correction" : "";
        var interval = $"{Lift(lift.Relative.Estimate)}{(metric.Adjusted is null ? "" : " adjusted for what was before")} ({Percent(analysis.Options.Confidence)} interval {Range(lift.Relative)}; p {P(metric.CorrectedPValue)}{corrected})";
        return metric.Finding switch
        {
            MetricFinding.NotMeasured => $"{name} cannot be compared: {values}.",
            MetricFinding.TooFew => $"{name}: {interval}, {values}; {Carried(metric)}, and {Figure.Count((long)analysis.Options.EnoughUnits)} are needed before such a p-value can be believed. {Missed(metric)}",
            MetricFinding.Better or MetricFinding.Worse => $"{name} is {Finding(metric.Finding)}: {interval}, {values}."
                + (metric.CarryingUnits < analysis.Options.EnoughUnits ? $" The difference is there, but {Carried(metric)}: its size is rough." : ""),
            _ => $"{name}: {interval}, {values}. {Missed(metric)}",
        };
    }

    private static string Carried(MetricComparison metric) => $"in effect {Count((long)Math.Round(metric.CarryingUnits), "unit")} an arm carry it";

    private static string Missed(MetricComparison metric) => double.IsFinite(metric.DetectableLift)
        ? (metric.DetectableLift > LargeEffect ? "The experiment is underpowered for all but large effects: one" : "A true effect")
            + $" of {Lift(metric.DetectableLift)[1..]} would have been missed by it one time in five, a smaller one more often."
        : "No size of effect can be told that it would have found.";

    private static string Guardrail(MetricComparison metric)
    {
        var lift = metric.Decisive.Relative;
        var tolerated = $"{Figure.ShortPercent(metric.Metric.Margin)} were tolerated";
        var most = metric.Metric.Better == MetricDirection.Lower ? lift.High : -lift.Low;
        var values = $"{Lift(lift.Estimate)}, {Range(lift)}; {Counted(metric.Metric, metric.Treatment, metric.TreatmentMoments)} against {Counted(metric.Metric, metric.Control, metric.ControlMoments)}";
        return metric.Finding switch
        {
            MetricFinding.Broken => $"Guardrail {metric.Metric.Name} is broken: it is worse by more than the {Figure.ShortPercent(metric.Metric.Margin)} that were tolerated ({values}).",
            MetricFinding.Harmed => $"Guardrail {metric.Metric.Name} is harmed: it is worse, though perhaps within the {Figure.ShortPercent(metric.Metric.Margin)} that were tolerated ({values}).",
            MetricFinding.Holds => $"Guardrail {metric.Metric.Name} holds: it is {(most <= 0 ? "not worse" : $"worse by {Lift(most)[1..]} at most")}, and {tolerated} ({values}).",
            _ => $"Guardrail {metric.Metric.Name} is not shown to hold: {tolerated}, and the data allow {(double.IsFinite(most) ? Lift(Math.Max(0, most))[1..] : "any worsening")} ({values}).",
        };
    }

    private static string Happened(LogProblemKind kind) => kind switch
    {
        LogProblemKind.MissingUnit => "there is no unit; left out",
        LogProblemKind.MissingArm => "there is no arm; left out",
        LogProblemKind.UnknownArm => "the arm is none of the experiment's; left out",
        LogProblemKind.SeveralArms => "the unit was seen in several arms; left out of all",
        LogProblemKind.MissingExposure => "the unit acted without having been exposed or assigned; left out",
        LogProblemKind.BadTime => "there is no time, or none that can be read; left out",
        LogProblemKind.ClockSkew => "the event happened shortly before the unit's exposure, as where clocks differ; not counted",
        LogProblemKind.TooEarly => "the event happened before the pre-period; left out",
        LogProblemKind.TooLate => "the event happened after the end; left out",
        LogProblemKind.NotANumber => "a value is no number; the value was left out",
        LogProblemKind.NotFinite => "a value is not finite; the value was left out",
        LogProblemKind.Negative => "a value is below 0 where none can be; the value was left out",
        LogProblemKind.DuplicateEvent => "the event's id was there before; left out",
        LogProblemKind.PossibleDuplicate => "the row equals another of its unit, and no event id tells them apart; counted, since both may be real",
        LogProblemKind.MissingCovariate => "the unit has no number from before; the mean of the others stands in",
        _ => "the unit has several rows where one was expected; they were added up",
    };

    private static string KindWords(string kind) => Enum.TryParse<LogProblemKind>(kind, out var problem) ? Happened(problem).Split(';')[0] : kind;

    private static string Count(long count, string noun) => $"{Figure.Count(count)} {noun}{(count == 1 ? "" : "s")}";

    private static string Joined(IEnumerable<long> counts) => Figure.Enumerated([.. counts.Select(Figure.Count)]);

    private static string Percent(double share) => Figure.ShortPercent(share);

    private static string Amount(double amount) => amount == Math.Round(amount) && Math.Abs(amount) < 1e15 ? Figure.Count((long)amount) : Digits(amount);

    private static string Digits(double value)
    {
        if (value == 0) return "0";
        var decimals = Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 8);
        var text = value.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Replace('-', '−');
        return text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
    }
}
