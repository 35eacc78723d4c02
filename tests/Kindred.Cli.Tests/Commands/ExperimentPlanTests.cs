using System.Globalization;
using System.Text;
using Kindred.Cli.Shell;
using Kindred.Experiments;
using Kindred.Experiments.Planning;

namespace Kindred.Cli.Tests.Commands;

public sealed class ExperimentPlanTests : IDisposable
{
    private const int Days = 8;
    private const int ADay = 200;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Plans_from_numbers_match_the_library()
    {
        var json = Invocation.Good("experiment", "plan", "--mean", "10", "--standard-deviation", "25", "--effect", "2%", "--units", "100000", "--control-share", "0.3", "--power", "0.9", "--output", "json").Json["metrics"]![0]!;
        var plan = new PowerPlan { Baseline = PlanBaseline.OfMean(10, 25), Kind = MetricKind.Mean, ControlShare = 0.3, Power = 0.9 };
        Assert.Equal(plan.UnitsFor(0.02), (long)json["units_needed"]!);
        Assert.Equal(plan.DetectableEffect(100_000), (double)json["detectable_effect"]!);
        Assert.Equal(plan.PowerOf(0.02, 100_000), (double)json["power_of_effect"]!);
        Assert.Null(json["sequential_inflation"]);
    }

    [Fact]
    public void A_share_to_reduce_is_planned_day_by_day_for_always_valid_intervals()
    {
        string[] arguments = ["experiment", "plan", "--share", "2.5%", "--better", "lower", "--effect", "0.1", "--units-a-day", "20000", "--traffic", "0.5", "--sequential", "300000"];
        var json = Invocation.Good([.. arguments, "--output", "json"]).Json["metrics"]![0]!;
        var plan = new PowerPlan { Baseline = PlanBaseline.OfShare(0.025), Kind = MetricKind.Share, TunedFor = 300_000 };
        var days = json["duration"]!["days"]!.AsArray();
        Assert.Equal(56, days.Count);
        Assert.All(days, day => Assert.Equal(plan.DetectableEffect(10_000 * (int)day!["days"]!, MetricDirection.Lower), (double?)day["detectable_effect"] ?? double.NegativeInfinity));
        var needed = (int)json["days_needed"]!;
        Assert.True(plan.PowerOf(-0.1, 10_000 * needed) >= 0.8 && plan.PowerOf(-0.1, 10_000 * (needed - 1)) < 0.8);
        Assert.Equal(plan.SequentialInflation(-0.1), (double)json["sequential_inflation"]!);
        var text = Invocation.Good(arguments).Output;
        Assert.Contains($"An effect of 10% is detected after {needed} days", text, StringComparison.Ordinal);
        Assert.Contains("always-valid intervals tuned for 300,000 units", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_past_log_is_planned_within_and_beyond_its_days()
    {
        var json = Invocation.Good("experiment", "plan", "--log", Log(), "--unit", "user_id", "--time", "time", "--event", "event", "--metric", "visits=mean:visit", "ratio:click/visit", "--effect", "20%", "--traffic", "0.5", "--output", "json").Json;
        Assert.Equal((Days * ADay, 2), ((int)json["units"]!, json["metrics"]!.AsArray().Count));
        var metric = json["metrics"]![0]!;
        // Every unit comes on one day and visits 1 to 4 times; each number is equally frequent.
        Assert.Equal((2.5, 1.25), (Math.Round((double)metric["value"]!, 9), Math.Round((double)metric["unit_variance"]!, 2)));
        Assert.Equal(0.25, (double)json["metrics"]![1]!["value"]!, 9);
        var days = metric["duration"]!["days"]!.AsArray();
        Assert.Equal((Days, 4 * Days), ((int)metric["duration"]!["log_days"]!, days.Count));
        Assert.All(Enumerable.Range(1, 4 * Days), day =>
        {
            Assert.Equal(0.5 * ADay * day, (double)days[day - 1]!["units"]!, 1.0);
            Assert.Equal(day > Days, (bool)days[day - 1]!["forecast"]!);
        });
        var plan = new PowerPlan { Baseline = new ArmEstimate((double)days[4]!["value"]!, (double)days[4]!["unit_variance"]!, 0), Kind = MetricKind.Mean };
        Assert.Equal(plan.DetectableEffect(0.5 * ADay * 5), (double)days[4]!["detectable_effect"]!, 9);
    }

    [Fact]
    public void A_settings_file_defines_the_metrics_and_the_log()
    {
        var log = Log();
        var settings = _folder.Text("experiment.yaml", $"""
            name: next
            assignment: {"{"} arms: {"{"} control: 3, treatment: 1 {"}"} {"}"}
            log: {"{"} files: {Path.GetFileName(log)}, unit: user_id, time: time, event: event {"}"}
            metrics: [mean:visit, "quantile:visit@0.5"]
            confidence: 0.9
            """);
        var json = Invocation.Good("experiment", "plan", "--settings", settings, "--output", "json").Json["metrics"]!.AsArray();
        var metric = Assert.Single(json)!;
        Assert.Equal(("mean:visit", 0.75, 0.9), ((string)metric["metric"]!, (double)metric["control_share"]!, (double)metric["confidence"]!));
        Assert.Equal(0.95, (double)Invocation.Good("experiment", "plan", "--settings", settings, "--confidence", "0.95", "--output", "json").Json["metrics"]![0]!["confidence"]!);
    }

    [Fact]
    public void The_text_states_the_duration_and_the_limits_of_the_log()
    {
        var text = Invocation.Good("experiment", "plan", "--log", Log(), "--unit", "user_id", "--time", "time", "--event", "event", "--metric", "mean:visit", "--effect", "0.1%").Output;
        Assert.Contains("An effect of 0.1% is not detected within 32 days, the limit of a forecast from this log.", text, StringComparison.Ordinal);
        Assert.Contains("beyond the log", text, StringComparison.Ordinal);
        Assert.Contains("mean:visit: 2.5, standard deviation per unit 1.118", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pre_period_reduces_variance_by_the_measured_share()
    {
        // On days 3 and 4 every unit repeats its visits of days 1 and 2; every third unit adds one visit.
        var rows = Enumerable.Range(0, 400).SelectMany(unit => Enumerable.Range(0, 1 + unit % 4).SelectMany(_ => new[] { (unit, Day: 0), (unit, Day: 2) }))
            .Concat(Enumerable.Range(0, 400).Where(unit => unit % 3 == 0).Select(unit => (unit, Day: 3)));
        var log = _folder.Text("before.csv", "user_id,time,event\n" + string.Concat(rows.Select(row => Row(row.unit, row.Day, "visit"))));
        string[] arguments = ["experiment", "plan", "--log", log, "--unit", "user_id", "--time", "time", "--event", "event", "--metric", "mean:visit", "--start", "2024-05-03", "--pre-days", "2", "--output", "json"];
        var reduction = (double)Invocation.Good(arguments).Json["metrics"]![0]!["variance_reduction"]!;
        // Var(before) = 1.25 and the variance of the extra visits is 2/9, so the reduction is 1.25 / (1.25 + .2222).
        Assert.Equal(1.25 / (1.25 + 2 / 9.0), reduction, 2);
        Assert.Equal(0, (double)Invocation.Good([.. arguments, "--variance-reduction", "0"]).Json["metrics"]![0]!["variance_reduction"]!);
    }

    [Theory]
    [InlineData("", "Give a past log (--log), or numbers (--share")]
    [InlineData("--mean 10", "--mean needs --standard-deviation")]
    [InlineData("--mean 10 --standard-deviation 0", "--standard-deviation is 0; it must be above 0")]
    [InlineData("--mean 0 --standard-deviation 1 --effect 1%", "Add --absolute")]
    [InlineData("--share 2 --effect 1%", "--share is 2; it must be between 0 and 1")]
    [InlineData("--share 2% --mean 1 --effect 1%", "--mean has no effect here")]
    [InlineData("--share 2%", "There is no question to answer. Give --effect, --units or --units-a-day.")]
    [InlineData("--share 2% --effect much", "--effect is 'much'; a number is needed, as in 0.02 or 2%.")]
    [InlineData("--share 2% --effect 1% --power 1.2", "--power is 1.2; it must be from 0.5 to 0.9999")]
    [InlineData("--share 2% --effect 1% --traffic 0", "--traffic is 0; it must be above 0 and at most 1")]
    [InlineData("--share 2% --effect 1% --metric mean:x", "--metric has no effect here: it needs --log")]
    [InlineData("--share 90% --effect 50%", "cannot be planned for")]
    [InlineData("--log none.csv", "Name the metrics to plan for with --metric")]
    [InlineData("--log none.csv --metric visits", "The metric 'visits' cannot be read at character 1")]
    [InlineData("--log none.csv --metric mean:x", "there is no such file")]
    [InlineData("--log none.csv --metric mean:x --start May", "--start is 'May'; it must be a time")]
    [InlineData("--log none.csv --metric mean:x --mean 3", "--mean has no effect here: the log defines it")]
    public void Wrong_requests_are_explained(string arguments, string expected)
    {
        var run = Invocation.Of(["experiment", "plan", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.NotEqual(ExitCode.Success, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Theory]
    [InlineData("plan", "--settings --log --metric --mean --share --effect --units --power --control-share --traffic --sequential --output")]
    [InlineData("assign", "--settings --salt --arm --layer --exclude --units --unit --out --output")]
    public void The_help_explains_each_option_and_shows_examples(string command, string options)
    {
        var run = Invocation.Good("experiment", command, "--help");
        Assert.Contains($"  kindred experiment {command} --", run.Output, StringComparison.Ordinal);
        foreach (var option in options.Split(' ')) Assert.Matches($@"(?m)^  {option}\b.{{20,}}", run.Output);
    }

    private static string Row(int unit, int day, string kind) => string.Create(CultureInfo.InvariantCulture, $"u{unit:D5},2024-05-{day + 1:D2}T10:{unit % 60:D2}:00Z,{kind}\n");

    /// <summary>A log with 200 new units per day, each with 1 to 4 visits on that day; every fourth visit is also a click.</summary>
    private string Log()
    {
        var text = new StringBuilder("user_id,time,event\n");
        var visits = 0;
        for (var unit = 0; unit < Days * ADay; unit++)
        {
            for (var visit = 0; visit < 1 + unit % 4; visit++)
            {
                text.Append(Row(unit, unit / ADay, "visit"));
                if (visits++ % 4 == 0) text.Append(Row(unit, unit / ADay, "click"));
            }
        }

        return _folder.Text("log.csv", text.ToString());
    }
}
