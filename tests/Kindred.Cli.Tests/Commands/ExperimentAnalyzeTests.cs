using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Kindred.Cli.Tests.Commands;

/// <summary><c>kindred experiment analyze</c>, from the log to the page.</summary>
public sealed partial class ExperimentAnalyzeTests : IDisposable
{
    private const int Users = 4_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_table_with_one_row_per_user_is_analysed()
    {
        var users = People();
        var json = Invocation.Good("experiment", "analyze", "--log", Table(users), "--unit", "user_id", "--control", "old",
            "--metric", "mean:spend", "share:spend", "ctr=ratio:clicks/impressions", "--output", "json").Json;

        Assert.Equal(["old", "new"], json["arms"]!.AsArray().Select(arm => (string)arm!["name"]!));
        var metrics = json["treatments"]![0]!["metrics"]!.AsArray();
        Person[] old = [.. users.Where(user => user.Arm == "old")], @new = [.. users.Where(user => user.Arm == "new")];
        AssertLift(metrics[0]!, old.Average(user => user.Spend), @new.Average(user => user.Spend));
        AssertLift(metrics[1]!, old.Average(user => user.Spend > 0 ? 1.0 : 0), @new.Average(user => user.Spend > 0 ? 1.0 : 0));
        AssertLift(metrics[2]!, Ratio(old), Ratio(@new));
        Assert.Equal(old.Sum(user => user.Clicks), (double)metrics[2]!["control"]!["numerator"]!, 9);
        Assert.Equal(old.Sum(user => user.Impressions), (double)metrics[2]!["control"]!["denominator"]!, 9);
        Assert.Empty(json["problems"]!.AsArray());
    }

    [Fact]
    public void A_table_and_an_event_log_of_the_same_facts_give_the_same_results()
    {
        var users = People();
        var table = Invocation.Good("experiment", "analyze", "--log", Table(users), "--unit", "user_id", "--control", "old", "--metric", "mean:clicks", "ctr=ratio:clicks/impressions", "--output", "json").Json;
        var log = Invocation.Good("experiment", "analyze", "--log", Events(users), "--unit", "user_id", "--time", "time", "--event", "event", "--exposure", "exposure",
            "--control", "old", "--metric", "clicks=mean:click", "ctr=ratio:click/impression", "--output", "json").Json;

        Assert.Equal(table["arms"]!.ToJsonString(), log["arms"]!.ToJsonString());
        foreach (var (one, other) in table["treatments"]![0]!["metrics"]!.AsArray().Zip(log["treatments"]![0]!["metrics"]!.AsArray()))
        {
            foreach (var key in new[] { "estimate", "low", "high", "p" })
            {
                Assert.Equal((double)one!["raw"]!["absolute"]![key]!, (double)other!["raw"]!["absolute"]![key]!, 12);
                Assert.Equal((double)one["raw"]!["relative"]![key]!, (double)other["raw"]!["relative"]![key]!, 10);
            }
        }

        Assert.Equal(3, log["treatments"]![0]!["days"]![0]!["points"]!.AsArray().Count);
    }

    // 14 of 241 visits against 170 of 241, with daily looks: a significant difference, but the control's interval includes 0.
    [Fact]
    public void The_outside_of_a_gap_is_shown_as_two_rays_in_text_JSON_and_picture()
    {
        var log = _folder.Text("rays.csv", "user_id,arm,visit\n" + string.Concat(Enumerable.Range(0, 482)
            .Select(i => $"u{i},{(i < 241 ? "control" : "treatment")},{(i % 241 < (i < 241 ? 14 : 170) ? 1 : 0)}\n")));
        string[] analyze = ["experiment", "analyze", "--log", log, "--unit", "user_id", "--control", "control", "--metric", "share:visit", "--sequential"];
        var run = Invocation.Good([.. analyze, "--out", _folder["rays"]]);
        var lift = Invocation.Good([.. analyze, "--output", "json"]).Json["treatments"]![0]!["metrics"]![0]!["always_valid"]!["relative"]!;

        Assert.Null(lift["low"]);
        Assert.Null(lift["high"]);
        Assert.InRange((double)lift["gap"]!["low"]!, -1e4, -1);
        Assert.InRange((double)lift["gap"]!["high"]!, 1, (double)lift["estimate"]!);
        Assert.Matches(@"−[\d.,]+% or less, or \+[\d.,]+% or more", run.Output);
        Assert.Contains("treatment is better than control", run.Output, StringComparison.Ordinal);
        // Two rays; each arrowhead has two strokes. The picture is there for wide and for narrow windows.
        Assert.Equal(2 * 6, Regex.Count(File.ReadAllText(Path.Combine(_folder["rays"], "report.html")), "<line class=\"error\""));
    }

    [Fact]
    public void Arms_may_come_from_a_separate_table()
    {
        var users = People();
        string[] metrics = ["--metric", "clicks=mean:click", "--control", "old", "--output", "json"];
        var whole = Invocation.Good(["experiment", "analyze", "--log", Events(users), "--unit", "user_id", "--time", "time", "--event", "event", "--exposure", "exposure", .. metrics]).Json;
        var assignment = _folder.Text("assignment.csv", "user_id,arm\n" + string.Concat(users.Select(user => $"{user.Id},{user.Arm}\n")));
        var joined = Invocation.Good(["experiment", "analyze", "--log", Events(users, arms: false), "--assignment", assignment, "--unit", "user_id", "--time", "time", "--event", "event", .. metrics]).Json;

        Assert.Equal(whole["treatments"]![0]!["metrics"]!.ToJsonString(), joined["treatments"]![0]!["metrics"]!.ToJsonString());
    }

    [Fact]
    public void The_page_has_every_figure_and_the_same_bytes_with_any_threads()
    {
        string[] arguments =
        [
            "experiment", "analyze", "--log", Events(People()), "--unit", "user_id", "--time", "time", "--event", "event", "--exposure", "exposure", "--control", "old",
            "--metric", "clicks=mean:click", "hides=share:hide", "ctr=ratio:click/impression", "--primary", "clicks", "--guardrail", "hides=0.2", "--lower", "hides", "--segment", "country",
        ];
        Invocation.Good([.. arguments, "--out", _folder["one"], "--threads", "1"]);
        var run = Invocation.Good([.. arguments, "--out", _folder["two"], "--threads", "3", "--memory", "0.05"]);

        Assert.Equal(["figures.json", "manifest.json", "report.html"], FolderContents.Of(_folder["one"]).Keys);
        Assert.Equal(FolderContents.Of(_folder["one"]), FolderContents.Of(_folder["two"]));
        var page = File.ReadAllText(Path.Combine(_folder["one"], "report.html"));
        Assert.Equal(1 + 3 + 1, Svg().Count(page));
        Assert.All(Svg().Matches(page), match => XElement.Parse(match.Value));
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        Assert.Contains("Guardrail hides", page, StringComparison.Ordinal);
        Assert.Contains("Open " + Path.Combine(_folder["two"], "report.html"), run.Output, StringComparison.Ordinal);
        Invocation.Good("verify", _folder["one"]);
    }

    [Fact]
    public void A_sample_ratio_mismatch_is_reported_and_no_winner_is_named()
    {
        var users = People().Where((user, i) => user.Arm == "old" || i % 5 != 0).ToArray();
        var run = Invocation.Good("experiment", "analyze", "--log", Table(users), "--unit", "user_id", "--control", "old", "--metric", "mean:spend");

        Assert.Contains("cannot be trusted", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("is better than", run.Output, StringComparison.Ordinal);
        Assert.Contains("is better than", Invocation.Good("experiment", "analyze", "--log", Table(users), "--unit", "user_id", "--control", "old", "--share", "old=5", "new=4", "--metric", "mean:spend").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_of_one_arm_in_another_form_make_no_winner()
    {
        var assignment = _folder.Text("assignment.csv", "user_id,arm\n" + string.Concat(Enumerable.Range(0, 400).Select(i => $"{10_000 + i},{(i % 2 == 0 ? "new" : "old")}\n")));
        string Log(Func<int, string> id) => _folder.Text("log.csv", "user_id,spend\n" + string.Concat(Enumerable.Range(0, 400).Select(i => $"{id(i)},{i % 7}\n")));
        string[] Analyze(string log, params string[] more) =>
            ["experiment", "analyze", "--log", log, "--assignment", assignment, "--unit", "user_id", "--control", "old", "--metric", "mean:spend", .. more];

        var other = Log(i => i % 2 == 0 ? $"{10_000 + i}" : $"{10_000 + i}.0");
        var run = Invocation.Good(Analyze(other, "--out", _folder["other"]));
        var json = Invocation.Good(Analyze(other, "--output", "json")).Json;
        var words = run.Output.ReplaceLineEndings(" ");
        var page = File.ReadAllText(Path.Combine(_folder["other"], "report.html"));
        foreach (var face in (string[])[words, page])
        {
            Assert.Contains("cannot be trusted", face, StringComparison.Ordinal);
            Assert.Contains("Fewer of the units assigned to old have rows in the log than of the others: 0 of the 200 of old and 200 of the 200 of new (p", face, StringComparison.Ordinal);
            Assert.Contains("ids may be written in two ways, such as 10001 and 10001.0", face, StringComparison.Ordinal);
            Assert.DoesNotContain("is better than", face, StringComparison.Ordinal);
            Assert.DoesNotContain("+∞", face, StringComparison.Ordinal);
        }

        Assert.Equal(("uneven_rows", "old"), ((string)json["distrust"]![0]!["reason"]!, (string)json["distrust"]![0]!["subject"]!));
        Assert.Equal("unassigned_units", (string)json["warnings"]![0]!["reason"]!);
        Assert.Equal("{\"units\":[200,200],\"with_rows\":[0,200],\"unassigned\":200}", json["assigned"]!.ToJsonString());

        var same = Invocation.Good(Analyze(Log(i => $"{10_000 + i}"), "--output", "json")).Json;
        Assert.Empty(same["distrust"]!.AsArray());
        Assert.Empty(same["warnings"]!.AsArray());
    }

    [Fact]
    public void Few_planned_units_are_tested_exactly_and_shown_with_a_decimal()
    {
        string Log(int control, int treatment) => _folder.Text("few.csv", "user_id,arm,x\n" + string.Concat(Enumerable.Range(0, control + treatment)
            .Select(i => $"u{i},{(i < control ? "control" : "treatment")},1\n")));
        string[] analyze = ["experiment", "analyze", "--unit", "user_id", "--control", "control", "--metric", "mean:x"];

        var run = Invocation.Good([.. analyze, "--log", Log(42, 8), "--share", "control=95", "treatment=5", "--out", _folder["few"]]);
        var warning = "Warning: The arms have 42 and 8 units where 47.5 and 2.5 were planned, which chance rarely explains (p .003).";
        Assert.Contains(warning, run.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains(warning, File.ReadAllText(Path.Combine(_folder["few"], "report.html")), StringComparison.Ordinal);
        Assert.Matches(@"treatment +8 +2\.5", run.Output);

        var json = Invocation.Good([.. analyze, "--log", Log(18, 2), "--share", "control=99", "treatment=1", "--output", "json"]).Json;
        Assert.Equal(0.01685933763565178, (double)json["sample_ratio"]!["p"]!, 12);
        Assert.True((bool)json["sample_ratio"]!["exact"]!);
        Assert.Empty(json["warnings"]!.AsArray());
    }

    [Fact]
    public void A_lift_over_a_control_of_zeros_is_undefined()
    {
        var log = _folder.Text("zeros.csv", "user_id,arm,click\n" + string.Concat(Enumerable.Range(0, 1_000).Select(i => $"u{i},{(i < 500 ? "old" : "new")},{(i < 500 ? 0 : i % 2)}\n")));
        string[] analyze = ["experiment", "analyze", "--log", log, "--unit", "user_id", "--control", "old", "--metric", "mean:click"];
        var run = Invocation.Good([.. analyze, "--out", _folder["zeros"]]);
        var lift = Invocation.Good([.. analyze, "--output", "json"]).Json["treatments"]![0]!["metrics"]![0]!["raw"]!;

        Assert.Contains("mean:click is better: no relative lift, because the control is 0 (p < .0001), 0.5 (250 of 500) against 0 (0 of 500).", run.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        foreach (var face in (string[])[run.Output, File.ReadAllText(Path.Combine(_folder["zeros"], "report.html"))])
        {
            Assert.Contains("none: control 0", face, StringComparison.Ordinal);
            Assert.DoesNotContain("∞", face, StringComparison.Ordinal);
        }

        Assert.Equal("control_is_zero", (string)lift["relative"]!["undefined"]!);
        Assert.Null(lift["relative"]!["estimate"]);
        Assert.Null(lift["absolute"]!["undefined"]);
    }

    [Fact]
    public void Empty_cells_are_0_in_a_table_of_users_and_missing_values_in_a_log_of_events()
    {
        var table = _folder.Text("joined.csv", "user_id,arm,spend\n" + string.Concat(Enumerable.Range(0, 1_000).Select(i => $"u{i},{(i < 500 ? "old" : "new")},{(i % 3 == 0 ? "5" : i % 3 == 1 ? "" : "NULL")}\n")));
        var run = Invocation.Good("experiment", "analyze", "--log", table, "--unit", "user_id", "--control", "old", "--metric", "mean:spend").Output.ReplaceLineEndings(" ");
        Assert.Contains("is not shown to be better or worse", run, StringComparison.Ordinal);
        Assert.Contains("Note on the log: 666 rows of 666 units: the cell of a value is empty; it counts as 0", run, StringComparison.Ordinal);

        var log = _folder.Text("empty.csv", "user_id,arm,event,value\n" + string.Concat(Enumerable.Range(0, 1_000).Select(i => $"u{i},{(i % 2 == 0 ? "old" : "new")},buy,{(i % 30 < 2 ? "" : "5")}\n")));
        run = Invocation.Good("experiment", "analyze", "--log", log, "--unit", "user_id", "--event", "event", "--control", "old", "--metric", "mean:buy.value").Output.ReplaceLineEndings(" ");
        Assert.Contains("6.8% of the rows were left out (the cell of a value is empty). If empty means that there was nothing, write 0.", run, StringComparison.Ordinal);
        Assert.DoesNotContain("not a number", run, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_user_who_carries_the_mean_suggests_a_cap()
    {
        var log = _folder.Text("heavy.csv", "user_id,arm,spend\n" + string.Concat(Enumerable.Range(0, 1_000).Select(i => $"u{i},{(i < 500 ? "old" : "new")},{(i == 600 ? 90_000 : i % 3)}\n")));
        string[] analyze = ["experiment", "analyze", "--log", log, "--unit", "user_id", "--control", "old", "--metric", "mean:spend"];
        Assert.Contains("One unit carries mean:spend of new: it has 99% of the total. A cap on", Invocation.Good(analyze).Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        var json = Invocation.Good([.. analyze, "--output", "json"]).Json["treatments"]![0]!["metrics"]![0]!["heaviest_unit"]!;
        Assert.Equal("new", (string)json["arm"]!);
        Assert.Equal(90_000 / (90_000 + 499.0), (double)json["share"]!, 3);
        Assert.Contains("A lower cap on", Invocation.Good([.. analyze, "--cap", "spend=30000"]).Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        var capped = Invocation.Good([.. analyze, "--cap", "spend=2", "--output", "json"]).Json;
        Assert.Null(capped["treatments"]![0]!["metrics"]![0]!["heaviest_unit"]);
    }

    [Fact]
    public void Arms_that_differ_only_in_case_are_said()
    {
        var log = _folder.Text("alike.csv", "user_id,arm,spend\n" + string.Concat(Enumerable.Range(0, 900).Select(i => $"u{i},{((string[])["old", "new", "New"])[i % 3]},{i % 7}\n")));
        foreach (var shares in (string[][])[[], ["--share", "old=1", "new=1"]])
        {
            var run = Invocation.Good(["experiment", "analyze", "--log", log, "--unit", "user_id", "--control", "old", "--metric", "mean:spend", .. shares]);
            Assert.Matches("Warning: The arms '(New' and 'new|new' and 'New)' differ only in case or white space", run.Output.ReplaceLineEndings(" "));
        }
    }

    [Fact]
    public void A_log_without_readable_times_names_one_and_the_option()
    {
        var log = _folder.Text("times.csv", "user_id,time,arm,event\nu1,31/11/2025 foo,old,buy\nu2,32/11/2025,new,buy\n");
        var run = Invocation.Of("experiment", "analyze", "--log", log, "--unit", "user_id", "--time", "time", "--event", "event", "--control", "old", "--metric", "mean:buy");
        Assert.Equal(42, run.Code);
        Assert.Contains("no row has a time that can be read: line 2, column 'time': '31/11/2025 foo' is not a point in time. Write ISO 8601", run.Error, StringComparison.Ordinal);
        Assert.Contains("--time", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_covariate_narrows_the_interval_and_is_reported()
    {
        string[] arguments = ["experiment", "analyze", "--log", Table(People()), "--unit", "user_id", "--control", "old", "--metric", "mean:spend", "--output", "json"];
        var plain = Invocation.Good(arguments).Json["treatments"]![0]!["metrics"]![0]!;
        var adjusted = Invocation.Good([.. arguments, "--covariate", "spend=before"]).Json["treatments"]![0]!["metrics"]![0]!;

        Assert.Null(plain["adjusted"]);
        Assert.Equal(plain["raw"]!.ToJsonString(), adjusted["raw"]!.ToJsonString());
        var reduction = (double)adjusted["variance_reduction"]!;
        Assert.InRange(reduction, .3, .999);
        var ratio = (double)adjusted["adjusted"]!["absolute"]!["standard_error"]! / (double)adjusted["raw"]!["absolute"]!["standard_error"]!;
        Assert.Equal(Math.Sqrt(1 - reduction), ratio, 2);
    }

    [Fact]
    public void Problems_of_a_log_are_named_and_counted()
    {
        var rows = new StringBuilder("user_id,arm,spend\n");
        for (var i = 0; i < 2_000; i++) rows.Append(CultureInfo.InvariantCulture, $"u{i},{(i % 2 == 0 ? "old" : "new")},{i % 7}\n");
        rows.Append("u0,new,1\nu1,new,many\nu2,old,-3\nu3,new,NaN\n,old,3\n");
        var json = Invocation.Good("experiment", "analyze", "--log", _folder.Text("bad.csv", rows.ToString()), "--unit", "user_id", "--control", "old", "--metric", "mean:spend", "--output", "json").Json;

        var problems = json["problems"]!.AsArray().ToDictionary(problem => (string)problem!["kind"]!, problem => problem!);
        Assert.Equal(1, (long)problems["several_arms"]["units"]!);
        Assert.Equal(1, (long)problems["not_a_number"]["rows"]!);
        Assert.Equal(1, (long)problems["negative"]["rows"]!);
        Assert.Equal(1, (long)problems["not_finite"]["rows"]!);
        Assert.Equal(1, (long)problems["missing_unit"]["rows"]!);
        Assert.Contains("line 2003", (string)problems["not_a_number"]["places"]![0]!, StringComparison.Ordinal);
        Assert.Equal([999L, 1000L], json["arms"]!.AsArray().Select(arm => (long)arm!["units"]!));
    }

    [Fact]
    public void An_event_that_never_occurs_is_reported()
    {
        var run = Invocation.Good("experiment", "analyze", "--log", Events(People()), "--unit", "user_id", "--time", "time", "--event", "event", "--exposure", "exposure",
            "--control", "old", "--metric", "mean:clack", "clicks=mean:click");

        Assert.Contains("mean:clack is 0 for every unit. Check that the log uses the name 'clack'.", run.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.DoesNotContain("clicks is 0", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "No log is given", "--metric", "mean:spend")]
    [InlineData(2, "No metric is given", "--log", "LOG")]
    [InlineData(2, "'visits', which is no metric", "--log", "LOG", "--metric", "mean:spend", "--primary", "visits")]
    [InlineData(2, "named 'spend'", "--log", "LOG", "--metric", "spend=mean:spend", "spend=share:spend")]
    [InlineData(2, "more than one metric", "--log", "LOG", "--metric", "mean:spend", "share:spend", "--primary", "spend")]
    [InlineData(2, "has the margin 2", "--log", "LOG", "--metric", "mean:spend", "--guardrail", "spend=2")]
    [InlineData(2, "a name and a value", "--log", "LOG", "--metric", "mean:spend", "--guardrail", "spend")]
    [InlineData(2, "a cap has no effect", "--log", "LOG", "--metric", "share:spend", "--cap", "spend=5")]
    [InlineData(2, "not a percentile", "--log", "LOG", "--metric", "mean:spend", "--cap", "spend=p100")]
    [InlineData(2, "not a time", "--log", "LOG", "--metric", "mean:spend", "--start", "yesterday")]
    [InlineData(2, "no share to the control", "--log", "LOG", "--metric", "mean:spend", "--control", "old", "--share", "new=1")]
    [InlineData(42, "'visits'", "--log", "LOG", "--metric", "mean:visits")]
    [InlineData(42, "'group'", "--log", "LOG", "--metric", "mean:spend", "--arm", "group")]
    [InlineData(42, "ancient", "--log", "LOG", "--metric", "mean:spend", "--control", "ancient")]
    [InlineData(42, "missing.csv", "--log", "missing.csv", "--metric", "mean:spend")]
    public void Contradictory_requests_are_refused(int code, string said, params string[] arguments)
    {
        var log = Table(People());
        var run = Invocation.Of(["experiment", "analyze", .. arguments.Select(argument => argument == "LOG" ? log : argument)]);

        Assert.Equal(code, run.Code);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    private static void AssertLift(JsonNode metric, double control, double treatment)
    {
        Assert.Equal(control, (double)metric["control"]!["value"]!, 10);
        Assert.Equal(treatment, (double)metric["treatment"]!["value"]!, 10);
        Assert.Equal(treatment - control, (double)metric["raw"]!["absolute"]!["estimate"]!, 10);
        Assert.Equal(treatment / control - 1, (double)metric["raw"]!["relative"]!["estimate"]!, 10);
        Assert.True((double)metric["raw"]!["relative"]!["low"]! < treatment / control - 1);
    }

    private static double Ratio(Person[] people) => (double)people.Sum(person => person.Clicks) / people.Sum(person => person.Impressions);

    private string Table(Person[] people) => _folder.Text("users.csv", "user_id,arm,country,impressions,clicks,spend,before\n" + string.Concat(people.Select(person =>
        string.Create(CultureInfo.InvariantCulture, $"{person.Id},{person.Arm},{person.Country},{person.Impressions},{person.Clicks},{person.Spend},{person.Before}\n"))));

    private string Events(Person[] people, bool arms = true)
    {
        var log = new StringBuilder("user_id,time,event,country" + (arms ? ",arm" : "") + "\n");
        foreach (var person in people)
        {
            var (at, events) = (0, 0);
            Add("exposure");
            for (; events < person.Impressions; events++)
            {
                Add("impression");
                if (events < person.Clicks) Add("click");
                if (events < person.Hides) Add("hide");
            }

            void Add(string kind) => log.Append(CultureInfo.InvariantCulture, $"{person.Id},2026-03-{1 + Math.Min(4, at / 3):00}T10:{at % 60:00}:{at++ % 60:00}Z,{kind},{person.Country}{(arms ? "," + person.Arm : "")}\n");
        }

        return _folder.Text(arms ? "log.csv" : "armless.csv", log.ToString());
    }

    /// <summary>Users who alternate between two arms; users of the new arm spend and click more.</summary>
    private static Person[] People() => [.. Enumerable.Range(0, Users).Select(i =>
    {
        var isNew = i % 2 == 1;
        var kind = i / 2 % 20;
        var impressions = 2 + kind % 5;
        return new Person(
            FormattableString.Invariant($"u{i}"), isNew ? "new" : "old", (i / 40 % 2) == 0 ? "HU" : "DE", impressions,
            Math.Min(impressions, (kind % 4 == 0 ? 1 : 0) + (isNew && kind % 5 == 0 ? 1 : 0)), kind == 7 ? 1 : 0,
            kind % 3 == 0 ? 10 + kind + (isNew ? 4 : 0) : 0, kind % 3 == 0 ? 8 + kind : kind % 2);
    })];

    [GeneratedRegex("<svg class=\"wide\".*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Svg();

    private sealed record Person(string Id, string Arm, string Country, int Impressions, int Clicks, int Hides, double Spend, double Before);
}
