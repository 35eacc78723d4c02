using Kindred.Data.Experiments;
using Kindred.Experiments;

namespace Kindred.Data.Tests.Experiments;

/// <summary>Small logs with one problem each: it is named, counted and located, and handled as reported.</summary>
public sealed class ExperimentLogProblemTests : IDisposable
{
    // Unix milliseconds of 2024-01-10 00:00 UTC.
    private const long Start = 1_704_844_800_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Problems, then units and the sum of clicks of the arms a and b.
    public static TheoryData<string, string, string> Logs => new()
    {
        { "fine", "u1,0,a,click,,1 u2,0,b,click,,1", "1 1; 1 1" },
        { "no unit", ",0,a,click,,1 u1,0,a,click,,1 ,1,b,click,,1", "MissingUnit: 2 rows, 0 units () at log.csv, line 2; log.csv, line 4 / 1 0; 1 0" },
        { "no arm", "u1,0,a,click,,1 u1,1,,click,,1 u2,1,,click,,1", "MissingArm: 2 rows, 2 units (1/0) at log.csv, line 3; log.csv, line 4 / 1 0; 1 0" },
        { "no arm before the experiment", "u1,-9,,click,,1 u1,1,a,click,,1", "1 0; 1 0" },
        { "another arm", "u1,0,a,click,,1 u1,1,c,click,,1", "UnknownArm: 1 rows, 1 units (1/0) at log.csv, line 3 / 1 0; 1 0" },
        { "two arms", "u1,0,a,click,,1 u1,1,b,click,,1 u2,1,b,click,,1 u1,2,a,click,,1", "SeveralArms: 3 rows, 1 units (1/1) at log.csv, line 3 / 0 1; 0 1" },
        { "two arms, one of them before", "u1,-9,b,click,,1 u1,1,a,click,,1", "1 0; 1 0" },
        { "no time", "u1,0,a,click,,1 u1,,a,click,,1 u1,noon,a,click,,1 u2,1e99,b,click,,1", "BadTime: 3 rows, 2 units (1/0) at log.csv, line 3; log.csv, line 4; log.csv, line 5 / 1 0; 1 0" },
        { "too early", "u1,-1500,a,click,,1 u1,1,a,click,,1", "TooEarly: 1 rows, 1 units (1/0) at log.csv, line 2 / 1 0; 1 0" },
        { "too late", "u1,1,a,click,,1 u1,240,a,click,,1 u2,999,b,click,,1", "TooLate: 2 rows, 2 units (1/0) at log.csv, line 3; log.csv, line 4 / 1 0; 1 0" },
        { "no number", "u1,1,a,click,,1 u1,2,a,buy,,x u1,3,a,buy,,many", "NotANumber: 2 rows, 1 units (1/0) at log.csv, line 3; log.csv, line 4 / 1 0; 1 0" },
        { "an empty value", "u1,1,a,click,,1 u1,2,a,buy,, u1,3,a,buy,,null u1,4,a,buy,,N/A u1,5,a,click,,", "EmptyValue: 3 rows, 1 units (1/0) at log.csv, line 3; log.csv, line 4; log.csv, line 5 / 1 0; 2 0" },
        { "not finite", "u1,1,a,click,,1 u1,2,a,buy,,NaN u2,3,b,buy,,-Infinity u2,4,b,buy,,1e999", "NotFinite: 3 rows, 2 units (1/1) at log.csv, line 3; log.csv, line 4; log.csv, line 5 / 1 1; 1 0" },
        { "below 0", "u1,1,a,click,,1 u1,2,a,buy,,-3", "Negative: 1 rows, 1 units (1/0) at log.csv, line 3 / 1 0; 1 0" },
        { "no number where none is looked for", "u1,1,a,click,,x", "1 0; 1 0" },
        { "an event twice", "u1,2,a,click,e1,1 u1,1,a,click,e1,1 u2,1,b,click,e1,1", "DuplicateEvent: 1 rows, 1 units (1/0) at log.csv, line 2 / 1 1; 1 1" },
        { "alike", "u1,1,a,click,,1 u1,1,a,click,,1 u1,1,a,click,e1,1 u1,1,a,click,,2 u1,2,a,click,,1", "PossibleDuplicate: 1 rows, 1 units (1/0) at log.csv, line 3 / 1 0; 5 0" },
        { "the first three places", string.Join(' ', Enumerable.Repeat(",1,a,click,,1", 9)) + " u1,1,a,click,,1", "MissingUnit: 9 rows, 0 units () at log.csv, line 2; log.csv, line 3; log.csv, line 4 / 1 0; 1 0" },
    };

    [Theory, MemberData(nameof(Logs))]
    public void A_problem_is_named_counted_and_placed(string what, string rows, string expected)
    {
        var data = ExperimentLog.Read(Options(_folder.Text("log.csv", Text(rows))), null, default);
        Assert.True(expected == Describe(data), $"{what}: {Describe(data)}");
    }

    // Views are the exposures. Twelve minutes exceed the permitted clock skew.
    [Theory]
    [InlineData("u1,1,a,view,,1 u1,2,,click,,1", "1 0; 1 0")]
    [InlineData("u1,100,,click,,1 u1,102,a,view,,1", "ClockSkew: 1 rows, 1 units (1/0) at log.csv, line 2 / 1 0; 0 0")]
    [InlineData("u1,100,,click,,1 u1,112,a,view,,1", "1 0; 0 0")]
    [InlineData("u1,1,,click,,1 u2,1,b,view,,1", "MissingExposure: 1 rows, 1 units () at log.csv, line 2 / 0 1; 0 0")]
    [InlineData("u1,1,a,click,,1 u2,1,b,view,,1", "MissingExposure: 1 rows, 1 units (1/0) at log.csv, line 2 / 0 1; 0 0")]
    [InlineData("u1,1,,view,,1 u2,1,b,view,,1", "MissingArm: 1 rows, 1 units () at log.csv, line 2 / 0 1; 0 0")]
    public void Only_data_after_an_exposure_counts(string rows, string expected) =>
        Assert.Equal(expected, Describe(ExperimentLog.Read(Options(_folder.Text("log.csv", Text(rows))) with { Exposure = "view" }, null, default)));

    [Theory]
    [InlineData("u1,a", "u1,5,click,,1", "1 0; 1 0")]
    [InlineData("u1,a u2,b u3,b", "u1,5,click,,1", "1 2; 1 0")]
    [InlineData("u1,a u1,a", "u1,5,click,,1", "1 0; 1 0")]
    [InlineData("u1,a u1,b", "u2,5,click,,1", "SeveralArms: 1 rows, 1 units (1/1) at arms.csv, line 3 / MissingExposure: 1 rows, 1 units () at log.csv, line 2 / 0 0; 0 0")]
    [InlineData("u1,a u2, ,b u3,c", "u1,5,click,,1", "MissingUnit: 1 rows, 0 units () at arms.csv, line 4 / MissingArm: 1 rows, 1 units () at arms.csv, line 3 / UnknownArm: 1 rows, 1 units () at arms.csv, line 5 / 1 0; 1 0")]
    public void Assignment_tables_define_the_units(string arms, string rows, string expected)
    {
        // The log has no column of arms and the table has no column of times.
        var log = _folder.Text("log.csv", Text(rows).Replace("unit,time,arm,", "unit,time,", StringComparison.Ordinal));
        var table = _folder.Text("arms.csv", "unit,arm\n" + arms.Replace(' ', '\n') + "\n");
        Assert.Equal(expected, Describe(ExperimentLog.Read(Options(log) with { Assignments = [table] }, null, default)));
    }

    [Fact]
    public void Several_rows_per_unit_in_a_table_of_units_are_reported()
    {
        var table = _folder.Text("log.csv", "unit,arm,click\nu1,a,1\nu2,b,5\nu1,a,2\n");
        var data = ExperimentLog.Read(Options(table) with { Time = null, Event = null, EventId = null, Start = null, End = null, PreDays = 0, Metrics = [Clicks] }, null, default);
        Assert.Equal("SeveralRows: 1 rows, 1 units (1/0) at log.csv, line 4 / 1 1; 3 5", Describe(data));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("NULL")]
    [InlineData("null")]
    [InlineData("NA")]
    [InlineData("n/a")]
    [InlineData("None")]
    [InlineData(@"\N")]
    public void An_empty_value_in_a_table_of_units_counts_as_0_but_is_left_out_of_a_quantile(string empty)
    {
        var table = _folder.Text("log.csv", $"unit,arm,click\nu1,a,1\nu2,b,5\nu3,b,{empty}\nu4,b,3\n");
        var data = ExperimentLog.Read(
            Options(table) with
            {
                Time = null,
                Event = null,
                EventId = null,
                Start = null,
                End = null,
                PreDays = 0,
                Metrics = [Clicks, new Metric { Name = "middle", Kind = MetricKind.Quantile, Numerator = new Quantity { Name = "click" } }],
            }, null, default);
        Assert.Equal("EmptyAsZero: 1 rows, 1 units (0/1) at log.csv, line 4 / 1 3; 1 8", Describe(data));
        Assert.Equal(2, data.Metrics[1].Sketches[1].Count);
    }

    [Theory]
    [InlineData("-")]
    [InlineData("nil")]
    [InlineData("NaN")]
    public void Other_words_are_not_empty(string text)
    {
        var table = _folder.Text("log.csv", $"unit,arm,click\nu1,a,1\nu2,b,{text}\n");
        var data = ExperimentLog.Read(Options(table) with { Time = null, Event = null, EventId = null, Start = null, End = null, PreDays = 0, Metrics = [Clicks] }, null, default);
        Assert.Equal(text == "NaN" ? LogProblemKind.NotFinite : LogProblemKind.NotANumber, Assert.Single(data.Problems).Kind);
    }

    [Fact]
    public void Declared_arms_in_another_spelling_are_named()
    {
        var log = _folder.Text("log.csv", Text("u1,0,a,click,,1 u2,0,A,click,,1 u3,0,c,click,,1 u4,0,B\u00A0,click,,1"));
        var data = ExperimentLog.Read(Options(log), null, default);
        Assert.Equal(["A", "B\u00A0"], data.UnknownArms);
        Assert.Empty(ExperimentLog.Read(Options(log) with { Arms = ["a", "A", "B\u00A0", "c"] }, null, default).UnknownArms);
    }

    [Fact]
    public void Places_are_line_numbers_as_in_an_editor_and_row_numbers_of_Parquet_files()
    {
        var first = _folder.Text("first.csv", "unit,time,arm,kind,id,amount\n" + $"u1,{Start},a,\"cli\nck\",,1\n,{Start},a,click,,1\n");
        var (second, _) = LogFiles.Write(_folder, "second", 2, 1, [new LogRow("u2", $"{Start}", "b", "click", "", "1", "", "", "", ""), new LogRow("", $"{Start}", "b", "click", "", "1", "", "", "", "")]);
        var data = ExperimentLog.Read(Options(first, second), null, default);
        Assert.Equal(["first.csv, line 4", "second.parquet, row 2"], data.Problems.Single().Places.Select(Path.GetFileName));
    }

    [Fact]
    public void Excluded_units_are_left_out()
    {
        var log = _folder.Text("log.csv", Text("u1,0,a,click,,1 u2,0,b,click,,1 u3,0,a,click,,x u3,0,b,click,,x"));
        var data = ExperimentLog.Read(Options(log) with { Excluded = [_folder.Text("out.txt", "u1\nu3\n")] }, null, default);
        Assert.Equal("0 1; 0 1", Describe(data));
    }

    [Fact]
    public void Empty_arms_and_events_that_never_happen_are_reported_as_zero()
    {
        var log = _folder.Text("log.csv", Text("u1,0,a,hide,,1 u2,0,a,hide,,1"));
        var data = ExperimentLog.Read(Options(log), null, default);
        Assert.Equal("2 0; 0 0", Describe(data));
        Assert.Equal(["a", "b"], data.Arms);
    }

    private static Metric Clicks => new() { Name = "click", Kind = MetricKind.Mean, Numerator = new Quantity { Name = "click" } };

    private static ExperimentLogOptions Options(params string[] files) => new()
    {
        Files = files,
        Unit = "unit",
        Arm = "arm",
        Time = "time",
        Event = "kind",
        EventId = "id",
        Arms = ["a", "b"],
        Start = Start,
        End = Start + 240 * 60_000,
        PreDays = 1,
        Metrics = [Clicks, new Metric { Name = "spend", Kind = MetricKind.Mean, Numerator = new Quantity { Name = "spend", Event = "buy", Column = "amount" } }],
    };

    private static string Describe(ExperimentData data) => string.Join(" / ", data.Problems.Select(DataText.Of).Append(
        $"{string.Join(' ', data.Units)}; {string.Join(' ', data.Metrics[0].Arms.Select(arm => arm.Sum(0)))}"));

    // Times are in minutes from the start. The pre-period is the day before.
    private static string Text(string rows) => "unit,time,arm,kind,id,amount\n" + string.Concat(rows.Split(' ').Select(row =>
    {
        var cells = row.Split(',');
        if (int.TryParse(cells[1], out var minutes)) cells[1] = $"{Start + minutes * 60_000L}";
        return string.Join(',', cells) + "\n";
    }));
}
