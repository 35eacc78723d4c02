using Kindred.Data.Experiments;
using Kindred.Experiments;

namespace Kindred.Data.Tests.Experiments;

/// <summary>Tests that unreadable logs and invalid options are refused with a remedy.</summary>
public sealed class ExperimentLogErrorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, ErrorKind, string> Requests => new()
    {
        { "no metric", ErrorKind.Usage, "No metric" },
        { "metric twice", ErrorKind.Usage, "2 metrics have the name 'visit'" },
        { "no such column", ErrorKind.BadInput, "metric 'ctr' cannot be computed: the log has no column 'click', and no event column is named. The columns are 'unit', 'arm', 'visit', 'when'" },
        { "no such covariate", ErrorKind.BadInput, "metric 'visit' cannot be computed: there is no covariate 'age'" },
        { "event without a column of kinds", ErrorKind.BadInput, "events of kind 'buy', and no event column is named" },
        { "quantile of a count", ErrorKind.BadInput, "there is no column 'buy'" },
        { "ratio without a denominator", ErrorKind.Usage, "ratio without a denominator" },
        { "two caps", ErrorKind.Usage, "two caps" },
        { "no unit column", ErrorKind.BadInput, "there is no column 'user'" },
        { "no segment column", ErrorKind.BadInput, "there is no column 'country'" },
        { "control not there", ErrorKind.BadInput, "has no arm 'nobody', the control. The arms are 'a', 'b'" },
        { "control not declared", ErrorKind.Usage, "The control 'nobody' is not one of the arms" },
        { "assignments without units", ErrorKind.Usage, "the unit column is not named" },
        { "exposure without kinds", ErrorKind.Usage, "the event column is not named" },
        { "days before without a start", ErrorKind.Usage, "not when the experiment starts" },
        { "start without times", ErrorKind.Usage, "the time column is not named" },
        { "ends before it starts", ErrorKind.Usage, "ends before it starts" },
        { "no file", ErrorKind.BadInput, "there is no such file" },
    };

    [Theory, MemberData(nameof(Requests))]
    public void Inconsistent_options_are_refused(string what, ErrorKind kind, string message)
    {
        var visit = new Metric { Name = "visit", Kind = MetricKind.Mean, Numerator = new Quantity { Name = "visit" } };
        var options = new ExperimentLogOptions { Files = [_folder.Text("log.csv", "unit,arm,visit,when\nu1,a,1,2024-01-01\nu2,b,0,2024-01-02\n")], Unit = "unit", Arm = "arm", Metrics = [visit] };
        options = what switch
        {
            "no metric" => options with { Metrics = [] },
            "metric twice" => options with { Metrics = [visit, visit] },
            "no such column" => options with { Metrics = [visit with { Name = "ctr", Numerator = new Quantity { Name = "click" } }] },
            "no such covariate" => options with { Metrics = [visit with { Covariate = "age" }] },
            "event without a column of kinds" => options with { Metrics = [visit with { Numerator = new Quantity { Name = "spend", Event = "buy", Column = "visit" } }] },
            "quantile of a count" => options with { Event = "when", Metrics = [visit with { Kind = MetricKind.Quantile, Numerator = new Quantity { Name = "buy" } }] },
            "ratio without a denominator" => options with { Metrics = [visit with { Kind = MetricKind.Ratio }] },
            "two caps" => options with { Metrics = [visit with { Cap = 1, CapQuantile = 0.9 }] },
            "no unit column" => options with { Unit = "user" },
            "no segment column" => options with { Segments = ["country"] },
            "control not there" => options with { Control = "nobody" },
            "control not declared" => options with { Control = "nobody", Arms = ["a", "b"] },
            "assignments without units" => options with { Unit = null, Assignments = options.Files },
            "exposure without kinds" => options with { Exposure = "view" },
            "days before without a start" => options with { Time = "when", PreDays = 7 },
            "start without times" => options with { Start = 0 },
            "ends before it starts" => options with { Time = "when", Start = 10, End = 10 },
            _ => options with { Files = [_folder["nothing.csv"]] },
        };
        var error = Assert.ThrowsAny<KindredException>(() => ExperimentLog.Read(options, null, default));
        Assert.Equal(kind, error.Kind);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_error_about_a_log_without_event_names_says_how_to_name_one()
    {
        var log = _folder.Text("log.csv", "unit,arm,kind\nu1,a,click\n");
        var metric = new Metric { Name = "spend", Kind = MetricKind.Mean, Numerator = new Quantity { Name = "spend", Column = "amount" } };
        var error = Assert.Throws<KindredException>(() => ExperimentLog.Read(new ExperimentLogOptions { Files = [log], Unit = "unit", Arm = "arm", Event = "kind", Metrics = [metric] }, null, default));
        Assert.EndsWith("The columns are 'unit', 'arm', 'kind'. Name one of them; or name a kind of event from column 'kind'.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_arms_are_refused_but_not_if_arms_are_declared()
    {
        var log = _folder.Text("log.csv", "unit,arm,visit\n" + string.Concat(Enumerable.Range(0, 251).Select(i => $"u{i},arm{i},1\n")));
        var options = Options(log);
        Assert.Contains("column 'arm' has more than 250 different values", Assert.Throws<KindredException>(() => ExperimentLog.Read(options, null, default)).Message, StringComparison.Ordinal);
        var declared = ExperimentLog.Read(options with { Arms = ["arm7", "arm3"] }, null, default);
        Assert.Equal([1, 1], declared.Units);
        Assert.Equal(249, declared.Problems.Single().Rows);
    }

    [Fact]
    public void Too_many_segments_are_refused()
    {
        var log = _folder.Text("log.csv", "unit,arm,visit,one,two\n" + string.Concat(Enumerable.Range(0, 70_000).Select(i => $"u{i},a,1,{i % 300},{i / 300}\n")));
        var error = Assert.Throws<KindredException>(() => ExperimentLog.Read(Options(log) with { Segments = ["one", "two"] }, null, default));
        Assert.Contains("columns 'one', 'two' have more than 60,000 combinations of values", error.Message, StringComparison.Ordinal);
        Assert.Equal(300 + 234, ExperimentLog.Read(Options(log) with { Segments = ["one"] }, null, default).Segments.Count + ExperimentLog.Read(Options(log) with { Segments = ["two"] }, null, default).Segments.Count);
    }

    [Theory]
    [InlineData("31/11/2025 foo", "line 2, column 'when': '31/11/2025 foo' is not a point in time. Write ISO 8601")]
    [InlineData("", "line 2, column 'when': the cell is empty. Check which column has the times.")]
    public void A_log_without_any_readable_time_says_what_its_times_are(string time, string expected)
    {
        var rows = string.Concat(Enumerable.Range(0, 9_000).Select(i => $"u{i},{(i % 2 == 0 ? "a" : "b")},1,{time}\n"));
        var log = _folder.Text("log.csv", "unit,arm,visit,when\n" + rows);
        foreach (var options in (ExperimentLogOptions[])[Options(log), Options(log) with { Threads = 3 }, Options(log) with { Arms = ["a", "b"] }, Options(log) with { Arm = null }])
        {
            var error = Assert.Throws<KindredException>(() => ExperimentLog.Read(options with { Time = "when" }, null, default));
            Assert.Equal(("times_unreadable", ErrorKind.BadInput), (error.Code, error.Kind));
            Assert.StartsWith($"{log}: no row has a time that can be read: {expected}", error.Message, StringComparison.Ordinal);
            Assert.Equal(2L, error.Values["line"]);
        }

        // A single readable time makes the others problems of rows.
        var one = _folder.Text("one.csv", "unit,arm,visit,when\n" + rows + "u1,b,1,2025-11-30\n");
        Assert.Equal(9_000, ExperimentLog.Read(Options(one) with { Time = "when" }, null, default).Problems.Single(problem => problem.Kind == LogProblemKind.BadTime).Rows);
    }

    [Fact]
    public void An_assignment_without_any_readable_time_is_named()
    {
        var log = _folder.Text("log.csv", "unit,visit,when\nu1,1,2025-11-30\n");
        var arms = _folder.Text("arms.csv", "unit,arm,when\n,a,2025-11-30\nu1,a,30.11.2025\n");
        var error = Assert.Throws<KindredException>(() => ExperimentLog.Read(Options(log) with { Time = "when", Assignments = [arms] }, null, default));
        Assert.StartsWith($"{arms}: no row has a time that can be read: line 3, column 'when': '30.11.2025' is not", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_control_in_another_spelling_is_named()
    {
        var log = _folder.Text("log.csv", "unit,arm,visit\nu1,control,1\nu2,treatment,1\n");
        var error = Assert.Throws<KindredException>(() => ExperimentLog.Read(Options(log) with { Control = "Control " }, null, default));
        Assert.Contains("'control' differs from it only in case or white space", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<KindredException>(() => ExperimentLog.Read(Options(log) with { Control = "ctrl" }, null, default));
        Assert.DoesNotContain("differs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_over_thousands_of_days_are_refused()
    {
        var log = _folder.Text("log.csv", "unit,arm,visit,when\nu1,a,1,2024-01-01\nu2,b,0,1994-01-02\n");
        var error = Assert.Throws<KindredException>(() => ExperimentLog.Read(Options(log) with { Time = "when" }, null, default));
        Assert.Contains("spans 10,957 days", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_is_an_error_whatever_the_threads()
    {
        var good = _folder.Text("good.csv", "unit,arm,visit\nu1,a,1\n");
        var cut = TemporaryFolder.Compress("unit,arm,visit\n" + string.Concat(Enumerable.Range(0, 9_000).Select(i => $"u{i},a,{i}\n")));
        var damaged = _folder.Bytes("damaged.csv.gz", cut[..(cut.Length / 2)]);
        foreach (var threads in (int[])[1, 3])
        {
            var error = Assert.Throws<KindredException>(() => ExperimentLog.Read(Options(good, damaged, good) with { Threads = threads }, null, default));
            Assert.Contains("damaged.csv.gz", error.Message, StringComparison.Ordinal);
        }
    }

    private static ExperimentLogOptions Options(params string[] files) => new()
    {
        Files = files,
        Unit = "unit",
        Arm = "arm",
        Metrics = [new Metric { Name = "visit", Kind = MetricKind.Mean, Numerator = new Quantity { Name = "visit" } }],
    };
}
