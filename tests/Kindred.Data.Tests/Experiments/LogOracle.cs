using System.Globalization;
using Kindred.Data.Experiments;
using Kindred.Experiments;

namespace Kindred.Data.Tests.Experiments;

/// <summary>
/// A naive implementation of <see cref="ExperimentLog"/> that keeps everything in memory and answers one question after the other.
/// </summary>
internal sealed class LogOracle
{
    private const long DayMilliseconds = 86_400_000;

    private readonly ExperimentLogOptions _options;
    private readonly bool _hasColumnOfTimes;
    private readonly List<(LogProblemKind Kind, LogRow Row, string Unit, int Arm)> _problems = [];
    private readonly Dictionary<LogProblemKind, HashSet<(string, int)>> _severalArms = [];
    private readonly List<Unit> _units = [];
    private readonly List<(int Arm, bool HasRows)> _covered = [];
    private readonly long _start;
    private readonly long _end;

    public LogOracle(ExperimentLogOptions options, IReadOnlyList<LogRow> log, IReadOnlyList<LogRow> assignments, IReadOnlyList<string> excluded)
    {
        _options = options;
        _hasColumnOfTimes = options.Time is not null;
        _end = options.End ?? long.MaxValue;
        var usable = log.Where(row => row.Unit != "" && (!_hasColumnOfTimes || TimeOf(row) is not null)).ToList();
        var labelled = usable.Where(row => TimeOf(row) is var time && (options.Start is null || time >= options.Start) && (time is null || time < _end)).ToList();
        Arms = options.Arms ?? (options.Arm is null ? ["all"] : [.. FoundArms(labelled, assignments)]);
        if (options.Control is { } control && Arms.Contains(control)) Arms = [control, .. Arms.Where(arm => arm != control)];
        var counted = labelled.Select(row => TimeOf(row)).Where(time => time is not null).ToList();
        var assigned = assignments.Where(row => row.Unit != "").Select(row => TimeOf(row)).Where(time => time < _end).ToList();
        _start = options.Start ?? (counted.Count > 0 ? counted : assigned).DefaultIfEmpty(0).Min()!.Value / DayMilliseconds * DayMilliseconds;
        foreach (var row in log.Where(row => row.Unit == "")) _problems.Add((LogProblemKind.MissingUnit, row, "", -1));
        foreach (var row in assignments.Where(row => row.Unit == "")) _problems.Add((LogProblemKind.MissingUnit, row, "", -1));
        foreach (var unit in log.Concat(assignments).Select(row => row.Unit).Distinct().Where(unit => unit != "" && !excluded.Contains(unit)))
        {
            Decide(unit, [.. log.Where(row => row.Unit == unit)], [.. assignments.Where(row => row.Unit == unit)]);
        }
    }

    public IReadOnlyList<string> Arms { get; }

    /// <summary>Tells whether rows of units have times, but none that can be read.</summary>
    public static bool LacksTimes(IReadOnlyList<LogRow> rows) => rows.Any(row => row.Unit != "") && rows.All(row => row.Unit == "" || TimeOf(row) is null);

    /// <summary>[arms] assigned units, and those with rows, then the unassigned units with rows.</summary>
    public (long[] Assigned, long[] WithRows, long Unassigned) Coverage => (Of(unit => true), Of(unit => unit.HasRows), _covered.LongCount(unit => unit.Arm < 0));

    private long[] Of(Func<(int Arm, bool HasRows), bool> which) => [.. Arms.Select((_, arm) => _covered.LongCount(unit => unit.Arm == arm && which(unit)))];

    public IReadOnlyList<long> Units => [.. Arms.Select((_, arm) => _units.LongCount(unit => unit.Arm == arm))];

    public IEnumerable<LogProblem> Problems => _problems.GroupBy(problem => problem.Kind).OrderBy(group => group.Key).Select(group =>
    {
        var units = group.Select(problem => problem.Unit).Where(unit => unit != "").Distinct().ToList();
        var arms = group.Key == LogProblemKind.SeveralArms ? _severalArms[group.Key] : group.Where(problem => problem.Arm >= 0).Select(problem => (problem.Unit, problem.Arm)).ToHashSet();
        return new LogProblem(
            group.Key, group.Count(), units.Count, arms.Count == 0 ? [] : [.. Arms.Select((_, arm) => arms.LongCount(pair => pair.Item2 == arm))],
            [.. group.Select(problem => problem.Row).OrderBy(row => row.File).ThenBy(row => row.Line).Select(row => row.Place).Distinct().Take(3)]);
    });

    /// <summary>The four numbers of each unit, [arms].</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="cap">The maximum numerator.</param>
    /// <param name="quantile">For a quantile metric: the quantile of each arm, [arms].</param>
    public List<double[]>[] Numbers(Metric metric, double? cap, IReadOnlyList<double> quantile) =>
        [.. Arms.Select((_, arm) => _units.Where(unit => unit.Arm == arm).Select(unit => NumbersOf(unit, metric, cap, unit.During, quantile.ElementAtOrDefault(arm))).ToList())];

    /// <summary>The values of units or rows for the quantiles of a metric.</summary>
    public IEnumerable<double> ValuesOfUnits(Metric metric) =>
        _units.Select(unit => Sum(metric.Numerator, unit.During)).Where(value => value > 0);

    public IEnumerable<double> ValuesOfRows(Metric metric, int arm) =>
        _units.Where(unit => unit.Arm == arm).SelectMany(unit => Values(metric.Numerator, unit.During));

    public long CappedUnits(Metric metric, double cap, int arm) =>
        _units.LongCount(unit => unit.Arm == arm && Sum(metric.Numerator, unit.During) > cap);

    public IEnumerable<(string Dimension, string Value, List<double[]>[] Numbers)> Segments(Metric metric, double? cap) =>
        from dimension in _options.Segments
        from value in _units.Select(unit => unit.Segment(dimension)).Distinct().Order(StringComparer.Ordinal)
        select (dimension, value, Arms.Select((_, arm) => _units.Where(unit => unit.Arm == arm && unit.Segment(dimension) == value)
            .Select(unit => NumbersOf(unit, metric, cap, unit.During, 0)).ToList()).ToArray());

    /// <summary>Days with the numbers until their end and those of the day alone.</summary>
    public IEnumerable<(int Day, List<double[]>[] Until, List<double[]>[] On)> Days(Metric metric, double? cap)
    {
        if (!_hasColumnOfTimes || _units.Count == 0) return [];
        var first = _units.Min(unit => unit.Exposure) / DayMilliseconds;
        var last = _units.Max(unit => Math.Max(unit.Exposure, unit.During.Select(row => TimeOf(row)!.Value).DefaultIfEmpty().Max())) / DayMilliseconds;
        return from day in Enumerable.Range((int)first, (int)(last - first) + 1) select (day, Of(day, row => DayOf(row) <= day), Of(day, row => DayOf(row) == day));

        List<double[]>[] Of(int day, Func<LogRow, bool> which) => [.. Arms.Select((_, arm) => _units.Where(unit => unit.Arm == arm && unit.Exposure / DayMilliseconds <= day)
            .Select(unit => NumbersOf(unit, metric, cap, [.. unit.During.Where(which)], 0)).ToList())];
        long DayOf(LogRow row) => TimeOf(row)!.Value / DayMilliseconds;
    }

    public double? CovariateMean(Metric metric) =>
        _units.Select(unit => unit.Covariate(metric.Covariate!)).Where(value => value is not null).DefaultIfEmpty(0).Average();

    private IEnumerable<string> FoundArms(IEnumerable<LogRow> labelled, IEnumerable<LogRow> assignments) =>
        labelled.Concat(assignments.Where(row => row.Unit != "" && IsTimed(row))).Select(row => row.Arm).Where(arm => arm != "").Distinct().Order(StringComparer.Ordinal);

    private bool IsTimed(LogRow assignment) => !_hasColumnOfTimes || TimeOf(assignment) is not null;

    private static long? TimeOf(LogRow row) => long.TryParse(row.Time, CultureInfo.InvariantCulture, out var time) ? time : null;

    private bool LacksArm(LogRow row) => _options.Arm is not null && row.Arm == "" && _options.Assignments.Count == 0 && (_options.Exposure is null || row.Kind == _options.Exposure);

    private bool HasUnknownArm(LogRow row) => _options.Arm is not null && row.Arm != "" && !Arms.Contains(row.Arm);

    private void Decide(string unit, IReadOnlyList<LogRow> log, IReadOnlyList<LogRow> assignments)
    {
        var problems = new List<(LogProblemKind Kind, LogRow Row)>();
        foreach (var row in assignments.Where(row => !IsTimed(row))) problems.Add((LogProblemKind.BadTime, row));
        var assigned = assignments.Where(IsTimed).ToList();
        foreach (var row in assigned.Where(row => row.Arm == "")) problems.Add((LogProblemKind.MissingArm, row));
        foreach (var row in assigned.Where(HasUnknownArm)) problems.Add((LogProblemKind.UnknownArm, row));
        assigned = [.. assigned.Where(row => row.Arm != "" && !HasUnknownArm(row))];
        if (_hasColumnOfTimes)
        {
            foreach (var row in assigned.Where(row => TimeOf(row) >= _end)) problems.Add((LogProblemKind.TooLate, row));
            assigned = [.. assigned.Where(row => TimeOf(row) < _end)];
        }

        foreach (var row in log.Where(row => _hasColumnOfTimes && TimeOf(row) is null)) problems.Add((LogProblemKind.BadTime, row));
        var timed = log.Where(row => !_hasColumnOfTimes || TimeOf(row) is not null).OrderBy(row => _hasColumnOfTimes ? TimeOf(row) : 0).ThenBy(row => row.File).ThenBy(row => row.Line).ToList();
        var earliest = _start - _options.PreDays * DayMilliseconds;
        foreach (var row in timed.Where(row => _hasColumnOfTimes && TimeOf(row) < earliest)) problems.Add((LogProblemKind.TooEarly, row));
        foreach (var row in timed.Where(row => _hasColumnOfTimes && TimeOf(row) >= _end)) problems.Add((LogProblemKind.TooLate, row));
        var before = timed.Where(row => _hasColumnOfTimes && TimeOf(row) >= earliest && TimeOf(row) < _start).ToList();
        var period = timed.Where(row => !_hasColumnOfTimes || (TimeOf(row) >= _start && TimeOf(row) < _end)).ToList();
        foreach (var row in period.Where(LacksArm)) problems.Add((LogProblemKind.MissingArm, row));
        foreach (var row in period.Where(HasUnknownArm)) problems.Add((LogProblemKind.UnknownArm, row));
        period = [.. period.Where(row => !LacksArm(row) && !HasUnknownArm(row))];

        var rowsWithArm = assigned.Concat(period).Where(row => _options.Arm is not null && row.Arm != "")
            .OrderBy(row => _hasColumnOfTimes ? TimeOf(row) : 0).ThenBy(row => row.File).ThenBy(row => row.Line).ToList();
        var arms = _options.Arm is null ? [0] : rowsWithArm.Select(row => Arms.ToList().IndexOf(row.Arm)).Distinct().ToList();
        var arm = arms.Count == 1 && (_options.Arm is not null || period.Count > 0) ? arms[0] : -1;
        if (assigned.Count == 0 && period.Count > 0) _covered.Add((-1, true));
        if (assigned.Count > 0 && arms.Count == 1)
        {
            var incomplete = problems.Any(problem => problem.Kind is LogProblemKind.BadTime or LogProblemKind.MissingArm or LogProblemKind.UnknownArm);
            _covered.Add((arms[0], period.Count > 0 || incomplete));
        }

        if (arms.Count > 1)
        {
            var conflict = rowsWithArm.First(row => row.Arm != rowsWithArm[0].Arm);
            for (var i = 0; i < Math.Max(1, period.Count); i++) problems.Add((LogProblemKind.SeveralArms, conflict));
            if (!_severalArms.TryGetValue(LogProblemKind.SeveralArms, out var pairs)) pairs = _severalArms[LogProblemKind.SeveralArms] = [];
            foreach (var seen in arms) pairs.Add((unit, seen));
        }
        else if (arm < 0 || ExposureOf(assigned, period) is not { } exposure)
        {
            foreach (var _ in period) problems.Add((LogProblemKind.MissingExposure, period[0]));
        }
        else
        {
            Analyse(unit, arm, exposure, assigned, before, period, problems);
        }

        foreach (var (kind, row) in problems) _problems.Add((kind, row, unit, arm));
    }

    private long? ExposureOf(List<LogRow> assigned, List<LogRow> period)
    {
        if (_options.Assignments.Count > 0 && assigned.Count == 0) return null;
        if (_options.Assignments.Count > 0 && _options.Exposure is null) return _hasColumnOfTimes ? Math.Max(_start, assigned.Min(TimeOf)!.Value) : 0;
        var first = period.FirstOrDefault(row => _options.Exposure is null || row.Kind == _options.Exposure);
        return first is null ? null : TimeOf(first) ?? 0;
    }

    private void Analyse(string name, int arm, long exposure, List<LogRow> assigned, List<LogRow> before, List<LogRow> period, List<(LogProblemKind, LogRow)> problems)
    {
        var looked = assigned.Concat(before).Concat(period).OrderBy(row => _hasColumnOfTimes ? TimeOf(row) : 0).ThenBy(row => row.File).ThenBy(row => row.Line).ToList();
        List<LogRow> rows = [.. before, .. period];
        if (_options.EventId is not null)
        {
            foreach (var row in rows.Where(row => row.Id != "" && rows.First(other => other.Id == row.Id) != row).ToList())
            {
                problems.Add((LogProblemKind.DuplicateEvent, row));
                rows.Remove(row);
            }
        }

        if (_hasColumnOfTimes)
        {
            var anonymous = rows.Where(row => (_options.EventId is null || row.Id == "") && HasContent(row)).ToList();
            foreach (var row in anonymous.Where(row => anonymous.First(other => Alike(other, row)) != row)) problems.Add((LogProblemKind.PossibleDuplicate, row));
            foreach (var row in rows.Where(row => TimeOf(row) >= _start && TimeOf(row) < exposure && TimeOf(row) >= exposure - _options.SkewMilliseconds)) problems.Add((LogProblemKind.ClockSkew, row));
        }

        var during = rows.Where(row => !_hasColumnOfTimes || TimeOf(row) >= exposure).ToList();
        before = [.. rows.Where(before.Contains)];
        if (_options.Time is null && _options.Event is null)
        {
            foreach (var row in during.Skip(1)) problems.Add((LogProblemKind.SeveralRows, row));
        }

        foreach (var row in before.Concat(during)) CheckValues(row, problems);
        foreach (var covariate in _options.Metrics.Select(metric => metric.Covariate).OfType<string>().Distinct().Except(Quantities.Select(quantity => quantity.Column)))
        {
            var tried = looked.TakeWhile(row => Number(row.Cell(covariate!)) is not { } number || !double.IsFinite(number)).ToList();
            var bad = tried.Where(row => row.Cell(covariate!) != "").ToList();
            foreach (var row in bad) problems.Add((Number(row.Cell(covariate!)) is null ? LogProblemKind.NotANumber : LogProblemKind.NotFinite, row));
            if (tried.Count == looked.Count && bad.Count == 0) problems.Add((LogProblemKind.MissingCovariate, looked[0]));
        }

        _units.Add(new Unit(name, arm, exposure, before, during, looked));
    }

    private bool HasContent(LogRow row)
    {
        if (_options.Event is null || NamedKinds.Contains(row.Kind)) return true;
        return Quantities.Any(quantity => quantity.Event is null && quantity.Column is not null) && Columns.Any(column => Number(row.Cell(column)) is { } number && double.IsFinite(number));
    }

    private bool Alike(LogRow one, LogRow other) => one.Time == other.Time && KindOf(one) == KindOf(other)
        && Columns.All(column => Normalized(one.Cell(column)) == Normalized(other.Cell(column)));

    private string KindOf(LogRow row) => _options.Event is not null && NamedKinds.Contains(row.Kind) ? row.Kind : "";

    private IEnumerable<string> NamedKinds => Quantities.Select(quantity => quantity.Event).Append(_options.Exposure).OfType<string>();

    private IEnumerable<Quantity> Quantities =>
        _options.Metrics.SelectMany(metric => new[] { metric.Numerator, metric.Denominator }).OfType<Quantity>();

    private IEnumerable<string> Columns =>
        Quantities.Select(quantity => quantity.Column).Concat(_options.Metrics.Select(metric => metric.Covariate)).OfType<string>().Distinct();

    private void CheckValues(LogRow row, List<(LogProblemKind, LogRow)> problems)
    {
        foreach (var column in Quantities.Select(quantity => quantity.Column).OfType<string>().Distinct())
        {
            var readers = Quantities.Where(quantity => quantity.Column == column && Reads(quantity, row)).ToList();
            if (readers.Count == 0) continue;
            var cell = row.Cell(column);
            if (cell == "")
            {
                if (_options.Event is null && _options.Time is null) problems.Add((LogProblemKind.EmptyAsZero, row));
                else if (_options.Event is null || readers.Any(quantity => quantity.Event is not null)) problems.Add((LogProblemKind.EmptyValue, row));
            }
            else if (Number(cell) is not { } number)
            {
                problems.Add((LogProblemKind.NotANumber, row));
            }
            else if (!double.IsFinite(number))
            {
                problems.Add((LogProblemKind.NotFinite, row));
            }
            else if (number < 0 && readers.Any(quantity => !quantity.AllowsNegative))
            {
                problems.Add((LogProblemKind.Negative, row));
            }
        }
    }

    private double[] NumbersOf(Unit unit, Metric metric, double? cap, List<LogRow> during, double quantile)
    {
        if (metric.Kind == MetricKind.Quantile)
        {
            var values = Values(metric.Numerator, during).ToList();
            return [values.Count(value => value <= quantile), values.Count, 0, 0];
        }

        double Part(List<LogRow> rows) => metric.Kind == MetricKind.Share ? Sum(metric.Numerator, rows) > 0 ? 1 : 0 : Math.Min(cap ?? double.MaxValue, Sum(metric.Numerator, rows));
        double Whole(List<LogRow> rows) => metric.Denominator is null ? 1 : Sum(metric.Denominator, rows);
        var hasBefore = metric.Covariate is not null || _options.PreDays > 0;
        return
        [
            Part(during), Whole(during),
            !hasBefore ? 0 : metric.Covariate is { } covariate ? unit.Covariate(covariate) ?? CovariateMean(metric)!.Value : Part(unit.Before),
            !hasBefore ? 0 : metric.Covariate is not null ? 1 : Whole(unit.Before),
        ];
    }

    private double Sum(Quantity quantity, IEnumerable<LogRow> rows) =>
        quantity.Column is null ? rows.Count(row => Reads(quantity, row)) : Values(quantity, rows).Sum();

    private IEnumerable<double> Values(Quantity quantity, IEnumerable<LogRow> rows) => rows.Where(row => Reads(quantity, row)).Select(row => Number(row.Cell(quantity.Column!)))
        .Where(value => value is { } number && double.IsFinite(number) && (number >= 0 || quantity.AllowsNegative)).Select(value => value!.Value);

    private bool Reads(Quantity quantity, LogRow row) => quantity.Event is null || row.Kind == quantity.Event;

    private static double? Number(string cell) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Normalized(string cell) => cell == "" ? "" : Number(cell) is not { } number ? "text" : double.IsFinite(number) ? $"{number:R}" : "infinite";

    private sealed record Unit(string Name, int Arm, long Exposure, List<LogRow> Before, List<LogRow> During, List<LogRow> All)
    {
        public string Segment(string dimension) => All.Select(row => row.Cell(dimension)).FirstOrDefault(value => value != "") ?? "";

        public double? Covariate(string column) =>
            All.Select(row => Number(row.Cell(column))).FirstOrDefault(value => value is { } number && double.IsFinite(number));
    }
}
