using System.Globalization;
using Kindred.Experiments;
using Kindred.Experiments.Analysis;
using Kindred.Reports.Compare;

namespace Kindred.Reports.Experiment;

/// <summary>The result of an experiment in words, with numerators, denominators and uncertainty.</summary>
public static class ExperimentWords
{
    private const string EmptyRemedy = " If empty means that there was nothing, write 0.";

    // Changes to ads rarely move a metric this much.
    private const double LargeEffect = 0.2;

    /// <summary>The verdict on a treatment. The first sentence is the answer.</summary>
    public static IReadOnlyList<string> Verdict(TreatmentAnalysis treatment, ExperimentAnalysis analysis)
    {
        string name = analysis.Data.Arms[treatment.Arm], control = analysis.Data.Arms[0];
        var primary = treatment.Metrics.Where(metric => metric.Metric.Role == MetricRole.Primary).ToArray();
        var guardrails = treatment.Metrics.Where(metric => metric.Metric.Role == MetricRole.Guardrail).ToArray();
        List<string> sentences = [Answer(treatment.Outcome, name, control)];
        if (treatment.Outcome == Outcome.Untrustworthy)
        {
            sentences.AddRange(analysis.Distrusts.Select(distrust => Distrusted(distrust, analysis)));
            sentences.AddRange(Warnings(analysis));
            sentences.Add("Find the cause before you read any metric. The figures below are only for diagnosis.");
            return sentences;
        }

        sentences.AddRange(Warnings(analysis));
        sentences.AddRange(guardrails.Where(metric => metric.Finding is MetricFinding.Harmed or MetricFinding.Broken).Select(Guardrail));
        sentences.AddRange(primary.Select(metric => Sentence(metric, analysis)));
        sentences.AddRange(guardrails.Where(metric => metric.Finding is not (MetricFinding.Harmed or MetricFinding.Broken))
            .Select(Guardrail));
        sentences.AddRange(treatment.Metrics.Select(metric => Heaviest(metric, analysis)).OfType<string>());
        return sentences;
    }

    /// <summary>The warnings, which do not withhold the verdict.</summary>
    public static IReadOnlyList<string> Warnings(ExperimentAnalysis analysis) =>
        [.. analysis.Warnings.Select(warning => $"Warning: {Warned(warning, analysis)}")];

    /// <summary>The reason why an experiment cannot be trusted.</summary>
    public static string Distrusted(Distrust distrust, ExperimentAnalysis analysis) => distrust.Reason switch
    {
        DistrustReason.SampleRatio =>
            $"{Sizes(analysis)}, which chance does not explain (p {P(distrust.PValue)}): units were lost or added in one of them.",
        DistrustReason.EmptyArm => $"Arm '{distrust.Subject}' has no units: check its name, and whether its rows are in the log.",
        DistrustReason.SeveralArms => $"{Figure.ShortPercent(distrust.Share)} of the units were in several arms, so the assignment is " +
            "broken.",
        DistrustReason.BrokenRows => $"{Figure.ShortPercent(distrust.Share)} of the rows were left out ({KindWords(distrust.Subject)})."
            + (distrust.Subject == nameof(LogProblemKind.EmptyValue) ? EmptyRemedy : ""),
        DistrustReason.UnevenRows => $"{RowsOf(distrust, analysis)}. Rows were lost, or ids are written in another way.",
        DistrustReason.NoAssignedRows => "No assigned unit has a row from the start to the end of the experiment. " + Unassigned(analysis),
        DistrustReason.UnassignedUnits => Unassigned(analysis),
        DistrustReason.AlikeArms => AlikeArms(distrust),
        _ => $"A problem of the log ({KindWords(distrust.Subject)}) affected the arms unevenly (p {P(distrust.PValue)}), so the " +
            "remaining units cannot be compared.",
    };

    /// <summary>A warning, without the word itself.</summary>
    public static string Warned(Distrust warning, ExperimentAnalysis analysis) => warning.Reason switch
    {
        DistrustReason.SampleRatio => $"{Sizes(analysis)}, which chance rarely explains (p {P(warning.PValue)}). Check whether units " +
            "were lost or added in one of them.",
        DistrustReason.UnevenRows => $"{RowsOf(warning, analysis)}. The treatment may have caused this if only units that did something " +
            "have rows; otherwise rows were lost.",
        _ => Distrusted(warning, analysis),
    };

    /// <summary>A planned number of units: with a decimal where it is small.</summary>
    public static string Planned(double units) => units >= 100 || units == Math.Round(units) ? Figure.Count((long)Math.Round(units))
        : Figure.Fixed(units, units >= 0.1 ? 1 : Math.Min(8, (int)Math.Ceiling(-Math.Log10(units))));

    /// <summary>The heading of a problem of the log, or of a note about it.</summary>
    public static string Heading(LogProblem problem) =>
        problem.Kind == LogProblemKind.EmptyAsZero ? "Note on the log" : "Problem of the log";

    /// <summary>Describes a problem of the log and how it was handled.</summary>
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
        { Shape: ConfidenceSetShape.WholeLine } when double.IsInfinity(lift.Estimate) => "none: control 0",
        { Gap: var (low, high) } => $"{Lift(low)} or less, or {Lift(high)} or more",
        { Shape: ConfidenceSetShape.HalfLine, Low: var low, High: double.PositiveInfinity } => $"{Lift(low)} or more",
        { Shape: ConfidenceSetShape.HalfLine, High: var high } => $"{Lift(high)} or less",
        var interval => $"{Lift(interval.Low)} to {Lift(interval.High)}",
    };

    /// <summary>An estimated relative lift; a lift over a control of 0 is undefined.</summary>
    public static string Estimate(LiftEstimate lift) => double.IsInfinity(lift.Estimate) ? "undefined" : Lift(lift.Estimate);

    /// <summary>Formats a metric's value: four digits, shares in percent.</summary>
    public static string Value(Metric metric, double value)
    {
        if (!double.IsFinite(value)) return Figure.None;
        if (metric.Kind == MetricKind.Share) return Digits(100 * value) + "%";
        return Digits(value * metric.Scale);
    }

    /// <summary>A p-value.</summary>
    public static string P(double value) => CompareWords.P(value);

    /// <summary>A day, such as 2026-01-31.</summary>
    public static string Day(int day) => DateOnly.FromDayNumber(DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber + day)
        .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Formats a metric's value in one arm, as in 18.3% (3,894 of 21,307).</summary>
    public static string Counted(Metric metric, ArmEstimate estimate, MetricMoments moments)
    {
        var value = Value(metric, estimate.Value);
        return metric.Kind == MetricKind.Quantile
            ? $"{value} ({Count((long)moments.Sum(1), "row")} of {Figure.Count(moments.Units)} units)"
            : $"{value} ({Amount(moments.Sum(0))} of {Amount(moments.Sum(1))})";
    }

    /// <summary>The label of a finding.</summary>
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

    /// <summary>Describes an effect that changed from day to day; null if none did.</summary>
    public static string? Novelty(DayCurve curve)
    {
        if (!(curve.SlopePValue < 0.01) || curve.Days.Count == 0) return null;
        return $"The effect on {curve.Metric} was not the same on all days: it {(curve.SlopePerDay > 0 ? "rose" : "fell")} from day to " +
            $"day (p {P(curve.SlopePValue)}). "
            + "The lasting effect may differ from the average over the whole time.";
    }

    /// <summary>The number of comparisons, in words.</summary>
    public static string Comparisons(int count) => Count(count, "comparison");

    private static string Answer(Outcome outcome, string treatment, string control) => outcome switch
    {
        Outcome.Untrustworthy => "This experiment cannot be trusted, whatever its metrics show.",
        Outcome.GuardrailHarmed => $"Do not ship {treatment}: a guardrail is harmed.",
        Outcome.Worse => $"Do not ship {treatment}: it is worse than {control}.",
        Outcome.Better => $"{treatment} is better than {control}.",
        Outcome.BetterGuardrailOpen => $"{treatment} is better than {control} on the primary metrics, but a guardrail is not shown " +
            "to hold.",
        Outcome.TooFewData => $"There is too little data to say whether {treatment} is better than {control}.",
        _ => $"{treatment} is not shown to be better or worse than {control}.",
    };

    private static string Sentence(MetricComparison metric, ExperimentAnalysis analysis)
    {
        var lift = metric.Decisive;
        var name = metric.Metric.Name;
        var values = $"{Counted(metric.Metric, metric.Treatment, metric.TreatmentMoments)} against " +
            $"{Counted(metric.Metric, metric.Control, metric.ControlMoments)}";
        var corrected = analysis.PrimaryComparisons > 1 ? " after correction" : "";
        var p = $"p {P(metric.CorrectedPValue)}{corrected}";
        var interval = IsUndefined(lift.Relative)
            ? $"no relative lift, because the control is 0 ({p})"
            : $"{Estimate(lift.Relative)}{(metric.Adjusted is null ? "" : " adjusted for pre-experiment data")} " +
                $"({Percent(analysis.Options.Confidence)} interval {Range(lift.Relative)}; {p})";
        return metric.Finding switch
        {
            MetricFinding.NotMeasured => $"{name} cannot be compared: {values}.",
            MetricFinding.TooFew => $"{name}: {interval}, {values}; {Carried(metric)}, and " +
                $"{Figure.Count((long)analysis.Options.EnoughUnits)} are needed for a reliable p-value. {Missed(metric)}",
            MetricFinding.Better or MetricFinding.Worse => $"{name} is {Finding(metric.Finding)}: {interval}, {values}."
                + (metric.CarryingUnits < analysis.Options.EnoughUnits
                    ? $" The difference is significant, but {Carried(metric)}, so its size is uncertain."
                    : ""),
            _ => $"{name}: {interval}, {values}. {Missed(metric)}",
        };
    }

    private static string Carried(MetricComparison metric) =>
        $"a few heavy units drive it: effectively {Count((long)Math.Round(metric.CarryingUnits), "unit")} per arm";

    private static string Missed(MetricComparison metric) => double.IsFinite(metric.DetectableLift)
        ? (metric.DetectableLift > LargeEffect ? "The experiment is underpowered for all but large effects: one" : "A true effect")
            + $" of {Lift(metric.DetectableLift)[1..]} would be missed one time in five, and a smaller one more often."
        : "The smallest detectable effect cannot be determined.";

    private static string Guardrail(MetricComparison metric)
    {
        var lift = metric.Decisive.Relative;
        var tolerated = $"{Figure.ShortPercent(metric.Metric.Margin)} are tolerated";
        var most = metric.Metric.Better == MetricDirection.Lower ? lift.High : -lift.Low;
        var size = IsUndefined(lift) ? "no relative lift, because the control is 0" : $"{Estimate(lift)}, {Range(lift)}";
        var values = $"{size}; {Counted(metric.Metric, metric.Treatment, metric.TreatmentMoments)} against " +
            $"{Counted(metric.Metric, metric.Control, metric.ControlMoments)}";
        return metric.Finding switch
        {
            MetricFinding.Broken => $"Guardrail {metric.Metric.Name} is broken: it is worse by more than the " +
                $"{Figure.ShortPercent(metric.Metric.Margin)} that are tolerated ({values}).",
            MetricFinding.Harmed => $"Guardrail {metric.Metric.Name} is harmed: it is worse, though perhaps within the " +
                $"{Figure.ShortPercent(metric.Metric.Margin)} that are tolerated ({values}).",
            MetricFinding.Holds => $"Guardrail {metric.Metric.Name} holds: it is " +
                $"{(most <= 0 ? "not worse" : $"worse by {Lift(most)[1..]} at most")}, and {tolerated} ({values}).",
            _ => $"Guardrail {metric.Metric.Name} is not shown to hold: {tolerated}, and the data allow " +
                $"{(double.IsFinite(most) ? Lift(Math.Max(0, most))[1..] : "any worsening")} ({values}).",
        };
    }

    internal static bool IsUndefined(LiftEstimate lift) =>
        double.IsInfinity(lift.Estimate) && lift.Interval.Shape == ConfidenceSetShape.WholeLine;

    private static string? Heaviest(MetricComparison metric, ExperimentAnalysis analysis) => metric.Heaviest is not { } unit ? null
        : $"One unit carries {metric.Metric.Name} of {analysis.Data.Arms[unit.Arm]}: it has " +
            $"{Figure.ShortPercent(Math.Floor(100 * unit.Share) / 100)} of the total. A " +
            $"{(metric.Metric.Cap is null && metric.Metric.CapQuantile is null ? "" : "lower ")}cap on what one unit can add, chosen " +
            "before the outcome is known, makes such a metric more certain.";

    private static string Sizes(ExperimentAnalysis analysis) => $"The arms have {Joined(analysis.Data.Units)} units where " +
        $"{Figure.Enumerated([.. analysis.SampleRatio.Expected.Select(Planned)])} were planned";

    private static string RowsOf(Distrust distrust, ExperimentAnalysis analysis)
    {
        var coverage = analysis.Data.Coverage!;
        var shares = analysis.Data.Arms.Select((arm, i) =>
            $"{Figure.Count(coverage.WithRows[i])} of the {Figure.Count(coverage.Assigned[i])} of {arm}");
        return $"Fewer of the units assigned to {distrust.Subject} have rows in the log than of the others: " +
            $"{Figure.Enumerated([.. shares])} (p {P(distrust.PValue)})";
    }

    private static string Unassigned(ExperimentAnalysis analysis)
    {
        var coverage = analysis.Data.Coverage!;
        long withRows = coverage.WithRows.Sum(), assigned = coverage.Assigned.Sum();
        return $"Of the {Count(coverage.Unassigned + withRows, "unit")} in the log, {Figure.Count(coverage.Unassigned)} are not assigned, " +
            $"and of the {Figure.Count(assigned)} assigned units {Figure.Count(assigned - withRows)} have no row: ids may be written in " +
            "two ways, such as 10001 and 10001.0.";
    }

    private static string AlikeArms(Distrust distrust) =>
        $"The arms {distrust.Subject} differ only in case or white space, but count as different arms. If they are one arm, write it in " +
            "one way.";

    private static string Happened(LogProblemKind kind) => kind switch
    {
        LogProblemKind.MissingUnit => "there is no unit; left out",
        LogProblemKind.MissingArm => "there is no arm; left out",
        LogProblemKind.UnknownArm => "the arm does not belong to the experiment; left out",
        LogProblemKind.SeveralArms => "the unit was seen in several arms; left out of all",
        LogProblemKind.MissingExposure => "the unit acted without having been exposed or assigned; left out",
        LogProblemKind.BadTime => "the time is missing or unreadable; left out",
        LogProblemKind.ClockSkew => "the event happened shortly before the unit's exposure, as with clock skew; not counted",
        LogProblemKind.TooEarly => "the event happened before the pre-period; left out",
        LogProblemKind.TooLate => "the event happened after the end; left out",
        LogProblemKind.NotANumber => "a value is not a number; the value was left out",
        LogProblemKind.EmptyValue => "the cell of a value is empty; the value was left out." + EmptyRemedy.TrimEnd('.'),
        LogProblemKind.EmptyAsZero => "the cell of a value is empty; it counts as 0, or is left out of a quantile. If empty means " +
            "unknown, leave these units out",
        LogProblemKind.NotFinite => "a value is not finite; the value was left out",
        LogProblemKind.Negative => "a value is negative where that is impossible; the value was left out",
        LogProblemKind.DuplicateEvent => "the event id was seen before; left out",
        LogProblemKind.PossibleDuplicate => "the row equals another row of its unit, and there are no event ids; counted, because both " +
            "may be real",
        LogProblemKind.MissingCovariate => "the unit has no pre-experiment value; the mean of the others is used",
        _ => "the unit has several rows where one was expected; their values were added",
    };

    private static string KindWords(string kind) =>
        Enum.TryParse<LogProblemKind>(kind, out var problem) ? Happened(problem).Split(';')[0] : kind;

    private static string Count(long count, string noun) => $"{Figure.Count(count)} {noun}{(count == 1 ? "" : "s")}";

    private static string Joined(IEnumerable<long> counts) => Figure.Enumerated([.. counts.Select(Figure.Count)]);

    private static string Percent(double share) => Figure.ShortPercent(share);

    private static string Amount(double amount) =>
        amount == Math.Round(amount) && Math.Abs(amount) < 1e15 ? Figure.Count((long)amount) : Digits(amount);

    private static string Digits(double value)
    {
        if (value == 0) return "0";
        var decimals = Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 8);
        var text = value.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Replace('-', '−');
        return text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
    }
}
