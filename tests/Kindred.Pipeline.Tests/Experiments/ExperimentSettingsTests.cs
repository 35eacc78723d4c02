using Kindred.Experiments;
using Kindred.Experiments.Analysis;
using Kindred.Experiments.Assignment;
using Kindred.Pipeline.Experiments;

namespace Kindred.Pipeline.Tests.Experiments;

public sealed class ExperimentSettingsTests : IDisposable
{
    private const string Whole = """
        name: checkout
        assignment:
          salt: checkout-2
          arms: { treatment: 1, control: 3 }
          control: control
          layer: { name: ads, buckets: { from: 100, to: 2500 } }
          exclude: staff.csv
        log:
          files: [logs]
          assignments: who.csv
          unit: user_id
          time: at
          arm: group
          event: kind
          event_id: id
          exposure: impression
          skew_minutes: 2.5
        start: 2024-05-01
        end: 2024-05-15T00:00:00Z
        pre_days: 14
        metrics:
          - mean:purchase.value
          - { name: balance, of: mean:balance, role: primary, cap_quantile: 0.99, covariate: before, allows_negative: true, scale: 100 }
          - { preset: ads.hide_rate, role: guardrail, margin: 0.02 }
          - preset: ads
          - { name: a/b, kind: ratio, numerator: { event: "x.y", column: z }, denominator: { event: q }, better: lower, cap: 5 }
          - { name: p90, kind: quantile, numerator: latency, quantile: 0.9 }
        segments: [country]
        confidence: 0.9
        sequential: { tuned_for: 20000 }
        correction: bh
        srm_alarm: 0.01
        """;

    private readonly TemporaryFolder _folder = new();

    public ExperimentSettingsTests()
    {
        Directory.CreateDirectory(_folder["logs"]);
        _folder.Text("logs/one.csv", "user_id\nu1\n");
        _folder.Text("who.csv", "user_id,arm\nu1,control\n");
        _folder.Text("staff.csv", "user_id\nu0000001\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_setting_is_read()
    {
        var settings = Read(Whole);
        Assert.Equal("checkout", settings.Name);
        var assignment = settings.Assignment;
        Assert.Equal(("checkout-2", "control", new AssignmentLayer("ads", 100, 2500)), (assignment.Salt, assignment.Control, assignment.Layer));
        Assert.Equal([new("treatment", 1), new("control", 3)], assignment.Arms);
        Assert.Equal([_folder["staff.csv"]], assignment.Exclude);
        Assert.Equal(["control", "treatment"], settings.ArmsControlFirst);
        Assert.Equal([3.0, 1.0], settings.WeightsControlFirst);
        Assert.Equal([_folder["logs/one.csv"]], settings.Log!.Files);
        Assert.Equal([_folder["who.csv"]], settings.Log.Assignments);
        Assert.Equal(("user_id", "at", "group", "kind", "id", "impression", 150_000L),
            (settings.Log.Unit, settings.Log.Time, settings.Log.Arm, settings.Log.Event, settings.Log.EventId, settings.Log.Exposure, settings.Log.SkewMilliseconds));
        Assert.Equal((1_714_521_600_000L, 1_715_731_200_000L, 14), (settings.Start!.Value, settings.End!.Value, settings.PreDays));
        Assert.Equal(["country"], settings.Segments);
        Assert.Equal((0.9, true, 20_000.0, Correction.BenjaminiHochberg, 0.01),
            (settings.Confidence, settings.Sequential, settings.TunedFor, settings.Correction, settings.SampleRatioAlarm));
    }

    [Fact]
    public void Metrics_keep_the_order_of_the_file_and_a_preset_repeats_none_that_the_file_overrides()
    {
        var metrics = Read(Whole).Metrics;
        Assert.Equal(
            ["mean:purchase.value", "balance", "hide_rate", "users_with_impressions", "users_with_revenue", "impressions", "revenue", "ctr", "good_click_ratio", "ecpm", "a/b", "p90"],
            metrics.Select(metric => metric.Name));
        Assert.Equal(MetricExpression.Parse("mean:purchase.value"), metrics[0]);
        Assert.Equal(new Metric
        {
            Name = "balance",
            Kind = MetricKind.Mean,
            Numerator = new Quantity { Name = "balance", AllowsNegative = true },
            Role = MetricRole.Primary,
            CapQuantile = 0.99,
            Covariate = "before",
            Scale = 100,
        }, metrics[1]);
        Assert.Equal(AdMetrics.Find("hide_rate")! with { Role = MetricRole.Guardrail, Margin = 0.02 }, metrics[2]);
        Assert.Equal(new Metric
        {
            Name = "a/b",
            Kind = MetricKind.Ratio,
            Numerator = new Quantity { Name = "x.y.z", Event = "x.y", Column = "z" },
            Denominator = new Quantity { Name = "q", Event = "q" },
            Better = MetricDirection.Lower,
            Cap = 5,
        }, metrics[10]);
        Assert.Equal(MetricExpression.Parse("p90=quantile:latency@0.9"), metrics[11]);
    }

    [Fact]
    public void Missing_settings_have_the_documented_defaults()
    {
        var settings = Read("name: x\nassignment: { arms: { old: 1, new: 1 } }");
        Assert.Equal(("x", "old", null, null), (settings.Assignment.Salt, settings.Assignment.Control, settings.Assignment.Layer, settings.Log));
        Assert.Equal((null, null, 0, 0.95, false, 5000.0, Correction.Holm, 0.001),
            (settings.Start, settings.End, settings.PreDays, settings.Confidence, settings.Sequential, settings.TunedFor, settings.Correction, settings.SampleRatioAlarm));
        Assert.Empty(settings.Metrics);
        Assert.Null(Read("name: x").ArmsControlFirst);
        var log = Read("name: x\nlog: { files: who.csv }").Log!;
        Assert.Equal((null, null, "arm", null, 5.0), (log.Unit, log.Time, log.Arm, log.Event, log.SkewMinutes));
        Assert.True(Read("name: x\nsequential: true").Sequential);
    }

    [Fact]
    public void The_example_of_the_reference_can_be_read()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Kindred.slnx"))) root = Path.GetDirectoryName(root)!;
        var example = File.ReadAllText(Path.Combine(root, "docs", "reference", "experiment-settings.md")).Split("```yaml\n")[1].Split("```")[0];
        var settings = ExperimentSettings.Read(_folder.Text("experiment.yaml", example), withLog: false);
        Assert.Equal(["revenue", "hide_rate", .. AdMetrics.All.Select(metric => metric.Name).Where(name => name is not ("revenue" or "hide_rate")), "visits", "latency_p90"],
            settings.Metrics.Select(metric => metric.Name));
        Assert.Equal((14, 200_000.0), (settings.PreDays, settings.TunedFor));
    }

    [Fact]
    public void The_log_options_match_the_file()
    {
        var (settings, options) = (Read(Whole), Read(Whole).LogOptions());
        Assert.Equal([_folder["logs/one.csv"]], options.Files);
        Assert.Equal([_folder["who.csv"]], options.Assignments);
        Assert.Equal([_folder["staff.csv"]], options.Excluded);
        Assert.Equal(("user_id", "group", "at", "kind", "id", "impression", "control"),
            (options.Unit, options.Arm, options.Time, options.Event, options.EventId, options.Exposure, options.Control));
        Assert.Equal(["control", "treatment"], options.Arms);
        Assert.Equal((settings.Start, settings.End, 14, 150_000L), (options.Start, options.End, options.PreDays, options.SkewMilliseconds));
        Assert.Equal(["country"], options.Segments);
        Assert.Equal(settings.Metrics, options.Metrics);
        Assert.Contains("no log", Assert.Throws<KindredException>(() => Read("name: x").LogOptions()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Before_the_experiment_its_log_need_not_exist()
    {
        var file = _folder.Text("experiment.yaml", "name: x\nlog: { files: later.csv, unit: user_id, assignments: later-still.csv }");
        Assert.Throws<KindredException>(() => ExperimentSettings.Read(file));
        var log = ExperimentSettings.Read(file, withLog: false).Log!;
        Assert.Equal("user_id", log.Unit);
        Assert.Empty(log.Files);
    }

    [Fact]
    public void The_assignment_in_a_file_equals_the_librarys_with_its_exclusions()
    {
        var settings = Read("name: x\nassignment: { arms: { a: 2, b: 1 }, exclude: staff.csv, layer: { name: ads, buckets: { from: 0, to: 9000 } } }");
        var (made, expected) = (settings.Assignment.Create(), new UnitAssignment("x", [new("a", 2), new("b", 1)], new AssignmentLayer("ads", 0, 9000), ["u0000001"]));
        Assert.Null(made.ArmOf("u0000001"));
        Assert.All(Enumerable.Range(1, 1000), i => Assert.Equal(expected.ArmOf($"u{i:D7}"), made.ArmOf($"u{i:D7}")));
    }

    [Fact]
    public void Settings_in_JSON_equal_those_in_YAML() =>
        Assert.Equal(
            Read("name: x\nmetrics: [mean:visit, { preset: ads.ctr, role: primary }]\nassignment: { arms: { a: 1, b: 2 } }").Metrics,
            Read("""{"name": "x", "metrics": ["mean:visit", {"preset": "ads.ctr", "role": "primary"}], "assignment": {"arms": {"a": 1, "b": 2}}}""").Metrics);

    [Theory]
    [InlineData("metrics: []", "line 1, column 1: the setting 'name' is missing. See docs/guide/experiments.md for every setting.")]
    [InlineData("name: x\nmetric: []", "line 2, column 1: there is no setting 'metric'. Did you mean 'metrics'?")]
    [InlineData("name: x\nassignment: { arm: { a: 1 } }", "line 2, column 15: there is no setting 'assignment.arm'. Did you mean 'arms'?")]
    [InlineData("name: x\nassignment: { arms: { a: 1 } }", "line 2, column 13: The assignment has 1 arms")]
    [InlineData("name: x\nassignment: { arms: { a: 1, b: 0 } }", "line 2, column 32: 'assignment.arms.b' is 0; it must be from 1 to 1,000,000,000")]
    [InlineData("name: x\nassignment: { arms: { a: 1, b: half } }", "'assignment.arms.b' is 'half'; it must be a whole number")]
    [InlineData("name: x\nassignment: { arms: { a: 1, b: null } }", "'assignment.arms.b' needs a weight, as in b: 1")]
    [InlineData("name: x\nassignment: { arms: { a: 1, b: 1 }, control: c }", "line 2, column 46: 'assignment.control' is 'c', which is not an arm; arms are a, b")]
    [InlineData("name: x\nassignment: { arms: { a: 1, a: 1 } }", "this is not YAML: Duplicate key")]
    [InlineData("name: x\nassignment: { layer: { buckets: { from: 0, to: 1 } } }", "the setting 'assignment.layer.name' is missing")]
    [InlineData("name: x\nassignment: { layer: { name: l } }", "the setting 'assignment.layer.buckets' is missing")]
    [InlineData("name: x\nassignment: { layer: { name: l, buckets: { from: 9, to: 9 } } }", "'assignment.layer.buckets.to' is 9; it must be from 10 to 10,000")]
    [InlineData("name: x\nassignment: { layer: { name: l, buckets: { from: 0, to: 10001 } } }", "'assignment.layer.buckets.to' is 10001; it must be from 1 to 10,000")]
    [InlineData("name: x\nassignment: { exclude: none.csv }", "'none.csv' names no file")]
    [InlineData("name: x\nlog: { unit: u }", "the setting 'log.files' is missing")]
    [InlineData("name: x\nlog: { files: who.csv, units: u }", "there is no setting 'log.units'. Did you mean 'unit'?")]
    [InlineData("name: x\nlog: { files: who.csv, unit: u, exposure: seen }", "'log.exposure' names a kind of event, but 'log.event' does not name the column of kinds")]
    [InlineData("name: x\nlog: { files: who.csv, assignments: who.csv }", "this needs 'log.unit'")]
    [InlineData("name: x\nlog: { files: who.csv, skew_minutes: -1 }", "'log.skew_minutes' is -1; it must be from 0 to 1,440")]
    [InlineData("name: x\nstart: May", "line 2, column 8: 'start' is 'May'; it must be a point in time")]
    [InlineData("name: x\nstart: 2024-05-02\nend: 2024-05-02", "line 3, column 6: 'end' is '2024-05-02', which is not after 'start', '2024-05-02'")]
    [InlineData("name: x\npre_days: 7", "'pre_days' counts back from 'start', which is missing")]
    [InlineData("name: x\nstart: 2024-05-02\npre_days: -1", "'pre_days' is -1; it must be from 0 to 3,650")]
    [InlineData("name: x\nmetrics: [mean;visit]", "line 2, column 11: The metric 'mean;visit' cannot be read at character 1: there is no ':'")]
    [InlineData("name: x\nmetrics: [mean:visit, mean:visit]", "line 2, column 23: there is a metric 'mean:visit' already; give this one another name, as in name: mean_visit_2")]
    [InlineData("name: x\nmetrics: [preset: ads, ctr=mean:click]", "there is a metric 'ctr' already")]
    [InlineData("name: x\nmetrics: [preset: adds]", "'metrics[1].preset' is 'adds'; it must be ads, or one of ads.users_with_impressions")]
    [InlineData("name: x\nmetrics: [{ preset: ads, role: primary }]", "there is no setting 'metrics[1].role'")]
    [InlineData("name: x\nmetrics: [{ name: a }]", "a metric is defined by exactly one of of, kind, preset, but this one has none")]
    [InlineData("name: x\nmetrics: [{ of: mean:a, kind: mean }]", "but this one has of and kind")]
    [InlineData("name: x\nmetrics: [{ of: mean:a, roles: primary }]", "there is no setting 'metrics[1].roles'. Did you mean 'role'?")]
    [InlineData("name: x\nmetrics: [{ of: mean:a, role: guardrail }]", "line 2, column 31: guardrails, and only they, have a margin")]
    [InlineData("name: x\nmetrics: [{ of: mean:a, margin: 0.1 }]", "guardrails, and only they, have a margin")]
    [InlineData("name: x\nmetrics: [{ of: mean:a, role: guardrail, margin: 2 }]", "'metrics[1].margin' is 2; it must be between 0 and 1")]
    [InlineData("name: x\nmetrics: [{ of: mean:a, cap_quantile: 1 }]", "'metrics[1].cap_quantile' is 1; it must be between 0 and 1")]
    [InlineData("name: x\nmetrics: [{ of: mean:a, cap_quantile: 0.9, cap: 3 }]", "are two caps")]
    [InlineData("name: x\nmetrics: [{ of: mean:a, cap: 0 }]", "'metrics[1].cap' is 0; it must be above 0")]
    [InlineData("name: x\nmetrics: [{ of: share:a, cap: 3 }]", "a cap has no effect on a share")]
    [InlineData("name: x\nmetrics: [{ of: quantile:a@0.5, covariate: b }]", "a quantile has no covariate")]
    [InlineData("name: x\nmetrics: [{ of: mean:a, scale: 0 }]", "'metrics[1].scale' is 0; it must be above 0")]
    [InlineData("name: x\nmetrics: [{ of: mean:a, better: up }]", "'metrics[1].better' is 'up'; it must be one of higher, lower")]
    [InlineData("name: x\nmetrics: [{ name: a, kind: ratio, numerator: b }]", "the setting 'metrics[1].denominator' is missing")]
    [InlineData("name: x\nmetrics: [{ name: a, kind: mean, numerator: b, denominator: c }]", "'metrics[1].denominator' is for a ratio only")]
    [InlineData("name: x\nmetrics: [{ name: a, kind: mean, numerator: b, quantile: 0.5 }]", "'metrics[1].quantile' is for a quantile only")]
    [InlineData("name: x\nmetrics: [{ name: a, kind: mean, numerator: { } }]", "'metrics[1].numerator' needs an event, a column or both")]
    [InlineData("name: x\nmetrics: [{ kind: mean, numerator: b }]", "the setting 'metrics[1].name' is missing")]
    [InlineData("name: x\nmetrics: [[mean:a]]", "'metrics[1]' must be a text or a map of keys and values")]
    [InlineData("name: x\nsegments: [country, country]", "'segments' names 'country' twice")]
    [InlineData("name: x\nconfidence: 95", "'confidence' is 95; it must be between 0 and 1")]
    [InlineData("name: x\nconfidence: NaN", "'confidence' is NaN; it must be between 0 and 1")]
    [InlineData("name: x\nsequential: sometimes", "'sequential' is 'sometimes'; it must be true or false")]
    [InlineData("name: x\nsequential: { tuned_for: 0 }", "'sequential.tuned_for' is 0; it must be from 1")]
    [InlineData("name: x\nsequential: { }", "the setting 'sequential.tuned_for' is missing")]
    [InlineData("name: x\ncorrection: bonferroni", "'correction' is 'bonferroni'; it must be one of holm, bh")]
    [InlineData("name: x\nsrm_alarm: 1", "'srm_alarm' is 1; it must be between 0 and 1")]
    public void Errors_name_file_line_key_value_and_rule(string text, string expected)
    {
        var error = Assert.Throws<KindredException>(() => Read(text));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(_folder["experiment.yaml"], error.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorKind.Usage, error.Kind);
    }

    private ExperimentSettings Read(string text) => ExperimentSettings.Read(_folder.Text("experiment.yaml", text));
}
