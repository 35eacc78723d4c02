using Kindred.Data.Experiments;
using Kindred.Experiments;

namespace Kindred.Data.Tests.Experiments;

/// <summary>Compares random logs with every kind of problem with a naive reader and computation.</summary>
public sealed class ExperimentLogOracleTests
{
    private const long Day = 86_400_000;
    private const long First = 19_000 * Day;

    // A unit is mostly in the arm of its number, so that enough units are in only one arm.
    private static readonly Gen<LogRow> _row =
        from unit in Gen.Int[0, 12]
        from time in Gen.Frequency(
            (12, Gen.Int[0, 6 * 96].Select(quarter => $"{First + quarter * (Day / 96)}")), (4, Gen.Int[-3, 3].Select(minute => $"{First + 3 * Day + minute * 60_000}")),
            (1, OneOf("", "noon")))
        from arm in Gen.Frequency((40, Gen.Const(unit % 2 == 0 ? "a" : "b")), (3, Gen.Const("")), (1, OneOf("a", "b", "zz")))
        from kind in OneOf("view", "view", "buy", "buy", "hide", "other", "")
        from id in Gen.Frequency((2, Gen.Const("")), (3, Gen.Int[0, 30].Select(i => $"e{i}")))
        from amount in OneOf("1", "2", "5", "10", "2.5", "100", "", "-3", "x", "NaN", "1e999")
        from items in Gen.Frequency((8, Gen.Int[0, 3].Select(i => $"{i}")), (1, OneOf("", "-1", "many")))
        from country in OneOf("DE", "FR", "", "日本")
        from device in OneOf("phone", "desk", "")
        from age in OneOf("30", "41.5", "", "", "old", "Infinity")
        select new LogRow(unit == 12 ? "" : $"u{unit}", time, arm, kind, id, amount, items, country, device, age);

    private static readonly Gen<ExperimentLogOptions> _events =
        from exposure in OneOf<string?>(null, "view")
        from ids in Gen.Bool
        from starts in Gen.Bool
        from before in OneOf(0, 2)
        from ends in Gen.Bool
        from declared in Gen.Bool
        from control in OneOf<string?>(null, "b")
        select new ExperimentLogOptions
        {
            Files = [],
            Metrics = Metrics(kinds: true),
            Unit = "unit",
            Arm = "arm",
            Time = "time",
            Event = "kind",
            EventId = ids ? "id" : null,
            Exposure = exposure,
            Start = starts ? First + 3 * Day - 60_000 * 7 : null,
            PreDays = starts ? before : 0,
            End = ends ? First + 5 * Day + 1000 : null,
            Arms = declared ? ["a", "b"] : null,
            Control = control,
            Segments = ["country", "device"],
        };

    private static readonly Gen<ExperimentLogOptions> _all = Gen.OneOf(
        _events,
        _events.Select(options => options with { Event = null, Exposure = null, Metrics = Metrics(kinds: false) }),
        _events.Select(options => options with { Event = null, Exposure = null, EventId = null, Time = null, Start = null, End = null, PreDays = 0, Metrics = Metrics(kinds: false) }),
        _events.Select(options => options with { Arm = null, Arms = null, Control = null }));

    [Fact]
    public void A_log_with_arms_on_its_rows_equals_the_naive_reading() =>
        Gen.Select(_row.Array[1, 60], _all, Gen.Int[1, 3], Gen.Int[0, 2], Gen.Int[0, 3])
            .Sample((rows, options, files, form, excluded) => Check(rows, options, files, form, excluded, []), iter: 300, threads: 1);

    [Fact]
    public void A_log_with_assignment_tables_equals_the_naive_reading() =>
        Gen.Select(_row.Array[1, 60], _row.Array[1, 20], _all.Where(options => options.Arm is not null), Gen.Int[1, 3], Gen.Int[0, 2], Gen.Bool)
            .Sample((rows, assigned, options, files, form, arms) => Check(rows, options, files, form, 0, assigned, arms ? [] : ["arm", "age"]), iter: 300, threads: 1);

    [Fact]
    public void Units_with_many_simultaneous_rows_equal_the_naive_reading() =>
        Gen.Select(_row.Array[60, 160], _events, Gen.Int[1, 3])
            .Sample((rows, options, every) => Check([.. rows.Select((row, i) => Crowded(row, i, every))], options, 1, 0, 0, []), iter: 60, threads: 1);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    // Two units of many rows, many of them at the same time.
    private static LogRow Crowded(LogRow row, int number, int every) => row with
    {
        Unit = row.Unit == "" ? "" : $"u{row.Unit.Length % 2}",
        Arm = row.Arm == "zz" ? "zz" : row.Unit.Length % 2 == 0 ? "a" : "b",
        Time = number % 4 < every && row.Time.Length > 5 ? $"{First + 3 * Day + 3_600_000 * (number % every)}" : row.Time,
    };

    private static Metric[] Metrics(bool kinds)
    {
        var amount = new Quantity { Name = "amount", Column = "amount", Event = kinds ? "buy" : null };
        var refunds = amount with { AllowsNegative = true };
        var items = new Quantity { Name = "items" };
        var count = kinds ? new Quantity { Name = "buy" } : items;
        return
        [
            new Metric { Name = "count", Kind = MetricKind.Mean, Numerator = count },
            new Metric { Name = "revenue", Kind = MetricKind.Mean, Numerator = amount },
            new Metric { Name = "net", Kind = MetricKind.Mean, Numerator = refunds },
            new Metric { Name = "capped", Kind = MetricKind.Mean, Numerator = amount, Cap = 7 },
            new Metric { Name = "winsorised", Kind = MetricKind.Ratio, Numerator = amount, Denominator = items, CapQuantile = 0.6 },
            new Metric { Name = "buyers", Kind = MetricKind.Share, Numerator = refunds },
            new Metric { Name = "per item", Kind = MetricKind.Ratio, Numerator = amount, Denominator = items },
            new Metric { Name = "adjusted", Kind = MetricKind.Mean, Numerator = count, Covariate = "age" },
            new Metric { Name = "middle", Kind = MetricKind.Quantile, Numerator = refunds, Quantile = 0.5 },
        ];
    }

    private static void Check(LogRow[] rows, ExperimentLogOptions options, int files, int form, int excluded, LogRow[] assigned, params string[] without)
    {
        using var folder = new TemporaryFolder();
        string[] leftOut = [.. Enumerable.Range(0, excluded).Select(i => $"u{i}")];
        var log = Enumerable.Range(0, files).Select(i => LogFiles.Write(folder, $"log{i}", (form + i) % 3, i, [.. rows.Where((_, row) => row % files == i)], without)).ToList();
        options = options with { Files = [.. log.Select(file => file.File)] };
        LogRow[] assignments = [];
        if (assigned.Length > 0)
        {
            string[] none = without.Contains("age") ? ["kind", "id", "amount", "items"] : ["kind", "id", "amount", "items", "age"];
            (var table, assignments) = LogFiles.Write(folder, "assigned", form, files, assigned, none);
            assignments = [.. assignments.Select(row => row.Without(none))];
            options = options with { Assignments = [table] };
        }

        if (excluded > 0) options = options with { Excluded = [folder.Text("excluded.txt", string.Join('\n', leftOut) + "\n")] };
        LogRow[] all = [.. log.SelectMany(file => file.Rows).Select(row => row.Without(without))];
        Check(all, assignments, leftOut, options);
    }

    private static void Check(LogRow[] log, LogRow[] assignments, string[] excluded, ExperimentLogOptions options)
    {
        if (options.Time is not null && (LogOracle.LacksTimes(log) || (assignments.Length > 0 && LogOracle.LacksTimes(assignments))))
        {
            Assert.Equal("times_unreadable", Assert.Throws<KindredException>(() => ExperimentLog.Read(options, null, default)).Code);
            return;
        }

        // The oracle reads covariates, and quantities with the name of a column, from columns.
        var resolved = options with { Metrics = [.. options.Metrics.Select(metric => metric with { Numerator = Resolve(metric.Numerator), Denominator = metric.Denominator is { } d ? Resolve(d) : null })] };
        var oracle = new LogOracle(resolved, log, assignments, excluded);
        if (oracle.Arms.Count == 0 || (options.Control is { } control && !oracle.Arms.Contains(control)))
        {
            var error = Assert.Throws<KindredException>(() => ExperimentLog.Read(options, null, default));
            Assert.Contains(oracle.Arms.Count == 0 ? "names an arm" : "has no arm", error.Message, StringComparison.Ordinal);
            return;
        }

        var data = ExperimentLog.Read(options, null, default);
        Assert.Equal(oracle.Arms, data.Arms);
        Assert.Equal(log.Length, data.Rows);
        Assert.Equal(oracle.Units, data.Units);
        Assert.Equal(oracle.Problems.Select(Describe), data.Problems.Select(Describe));
        for (var i = 0; i < resolved.Metrics.Count; i++) Check(oracle, resolved.Metrics[i], data, i);
        Assert.Equal(options.Assignments.Count > 0, data.Coverage is not null);
        if (data.Coverage is not { } coverage) return;
        Assert.Equal(oracle.Coverage.Assigned, coverage.Assigned);
        Assert.Equal(oracle.Coverage.WithRows, coverage.WithRows);
        Assert.Equal(oracle.Coverage.Unassigned, coverage.Unassigned);
    }

    private static Quantity Resolve(Quantity quantity) => quantity.Event is not null || quantity.Column is not null ? quantity
        : LogRow.Header.Contains(quantity.Name, StringComparison.Ordinal) ? quantity with { Column = quantity.Name } : quantity with { Event = quantity.Name };

    private static void Check(LogOracle oracle, Metric metric, ExperimentData data, int index)
    {
        var read = data.Metrics[index];
        Assert.Equal(metric.Cap is not null || metric.CapQuantile is not null, read.CappedUnits.Count > 0);
        if (metric.CapQuantile is { } capQuantile) AssertQuantile(oracle.ValuesOfUnits(metric), capQuantile, read.Cap);
        if (read.Cap is { } cap) Assert.Equal(data.Arms.Select((_, arm) => oracle.CappedUnits(metric, cap, arm)), read.CappedUnits);
        // Values differ by more than a bucket of the sketch, so a value slightly above the quantile exceeds all values of its bucket.
        List<double> quantiles = [.. read.Sketches.Select(sketch => sketch.Quantile(metric.Quantile)).Select(quantile => quantile + Math.Abs(quantile) * 0.001)];
        for (var arm = 0; arm < read.Sketches.Count; arm++) Assert.Equal(oracle.ValuesOfRows(metric, arm).Count(), read.Sketches[arm].Count);
        var numbers = oracle.Numbers(metric, read.Cap, quantiles);
        MomentsAssert.Equal(numbers, read.Arms);
        if (metric.Kind == MetricKind.Quantile) return;
        Assert.Equal(numbers.Select(units => units.Select(unit => unit[0]).Append(0).Max()), read.Largest);

        var segments = oracle.Segments(metric, read.Cap).ToList();
        Assert.Equal(segments.Select(segment => (segment.Dimension, segment.Value)), data.Segments.Select(segment => (segment.Dimension, segment.Value)));
        for (var i = 0; i < segments.Count; i++) MomentsAssert.Equal(segments[i].Numbers, data.Segments[i].Metrics[index], data.Segments[i].Units);
        var days = oracle.Days(metric, read.Cap).ToList();
        Assert.Equal(days.Select(day => day.Day), data.Days.Select(day => day.Day));
        for (var i = 0; i < days.Count; i++)
        {
            MomentsAssert.Equal(days[i].Until, data.Days[i].Metrics[index], data.Days[i].Units);
            MomentsAssert.Equal(days[i].On, data.Days[i].OnDay[index], data.Days[i].Units);
        }
    }

    private static void AssertQuantile(IEnumerable<double> values, double quantile, double? cap)
    {
        double[] sorted = [.. values.Order()];
        Assert.Equal(sorted.Length == 0, cap is null);
        if (cap is not null) Assert.InRange(cap.Value / sorted[(int)Math.Ceiling(quantile * sorted.Length - 1e-9) - 1], 0.999, 1.001);
    }

    private static string Describe(LogProblem problem) =>
        $"{problem.Kind}: {problem.Rows} rows, {problem.Units} units ({string.Join('/', problem.UnitsByArm)}) at {string.Join("; ", problem.Places.Select(Path.GetFileName))}";
}
