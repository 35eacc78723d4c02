using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using Kindred.App.Experiments;
using Kindred.Cli.Shell;
using Kindred.Cli.Texts;
using Kindred.Data.Experiments;
using Kindred.Data.Values;
using Kindred.Experiments;
using Kindred.Experiments.Planning;
using Kindred.Pipeline.Experiments;
using Kindred.Reports;
using Kindred.Reports.Experiment;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred experiment plan</c>.</summary>
internal static class ExperimentPlanCommand
{
    private static readonly Option<string?> Settings = new("--settings")
    {
        Description = "Settings of the experiment: its metrics, the columns of its log, confidence and the share of its control.",
        HelpName = "FILE",
    };
    private static readonly Option<string[]> Log = CommonOptions.Files("--log", "A past log to plan from. Default: the log of --settings.");
    private static readonly Option<string[]> Metric =
        CommonOptions.Several("--metric",
            "Metrics to plan for, as in mean:spend, share:purchase, ratio:click/impression, or ads for all ad metrics.", "METRIC…");
    private static readonly Option<string?> Unit = Column("--unit", "The column of units in the log. Default: each row is one unit.");
    private static readonly Option<string?> Time =
        Column("--time", "The column of times in the log, for estimates of duration. Default: none.");
    private static readonly Option<string?> Event =
        new("--event") { Description = "The column of event kinds in the log. Default: none.", HelpName = "NAME" };
    private static readonly Option<string?> Start = new("--start")
    {
        Description = "The point in the log at which the planned experiment would have started. Default: its first day.",
        HelpName = "TIME",
    };
    private static readonly Option<int> PreDays =
        CommonOptions.Number("--pre-days", "Days before --start from which to measure the variance reduction by a pre-period (CUPED).", 0);
    private static readonly Option<double?> Mean =
        Amount("--mean", "Instead of a log: the metric's mean per unit. Needs --standard-deviation.");
    private static readonly Option<double?> StandardDeviation = Amount("--standard-deviation", "The standard deviation over units.");
    private static readonly Option<double?> Share = Amount("--share", "Instead of a log: the share of units, as in 2.5%.");
    private static readonly Option<double?> UnitsADay = Amount("--units-a-day", "With --mean or --share: new units per day.");
    private static readonly Option<double?> Units = Amount("--units", "Units in both arms together: reports the effect they can detect.");
    private static readonly Option<double?> Effect =
        Amount("--effect", "The effect to detect: relative to the control, as in 2% or 0.02; with --absolute, a difference.");
    private static readonly Option<bool> Absolute =
        new("--absolute") { Description = "Effects are absolute differences. By default they are relative." };
    private static readonly Option<string> Better =
        CommonOptions.Choice("--better", "With --mean or --share: the direction that is better.", "higher", "lower");
    private static readonly Option<double> Confidence =
        CommonOptions.Number("--confidence", "Confidence level: one minus the chance of a false alarm.", 0.95);
    private static readonly Option<double> Power = CommonOptions.Number("--power", "The chance of detecting an effect of this size.", 0.8);
    private static readonly Option<double> ControlShare =
        CommonOptions.Number("--control-share", "The control's share of the units in both arms.", 0.5);
    private static readonly Option<double> Traffic =
        CommonOptions.Number("--traffic", "The share of all units that take part in the experiment.", 1.0);
    private static readonly Option<double?> VarianceReduction =
        Amount("--variance-reduction",
            "The share of the variance that a pre-period removes. Default: as measured with --pre-days, else 0.");
    private static readonly Option<double?> Sequential =
        Amount("--sequential", "Plan for always-valid intervals, tuned for this many units in both arms. Default: one look at the end.");

    public static Command Create()
    {
        var command = new Command("plan", "Plans an A/B test: the units and days needed to detect an effect, or the effect that given " +
            "units can detect. From a past log, or from numbers.\n\n" +
            "Examples:\n  kindred experiment plan --log events.csv --unit user_id --time time --event event --metric share:purchase " +
                "ratio:click/impression --effect 2%\n" +
            "  kindred experiment plan --share 2.5% --effect 5% --units-a-day 20000\n" +
            "  kindred experiment plan --mean 10 --standard-deviation 25 --units 100000 --output json")
        {
            Settings, Log, Metric, Unit, Time, Event, Start, PreDays, Mean, StandardDeviation, Share, UnitsADay, Units, Effect,
            Absolute, Better,
            Confidence, Power, ControlShare, Traffic, VarianceReduction, Sequential, CommonOptions.Threads, CommonOptions.Output,
            CommonOptions.Quiet,
        };
        command.SetAction(parsed =>
        {
            var run = CommandRun.Of(parsed);
            var request = Request(parsed);
            var result = PlanExperiment.Run(request, run.Screen(parsed), run.Cancellation);
            if (parsed.GetValue(CommonOptions.Output) == "json") JsonText.Write(run.Output, PlanJson.Of(request, result));
            else PlanText.Write(request, result, run.Output);
            return ExitCode.Success;
        });
        return command;
    }

    private static PlanExperimentRequest Request(ParseResult parsed)
    {
        var settings =
            parsed.GetValue(Settings) is { } file ? ExperimentSettings.Read(file, withLog: (parsed.GetValue(Log) ?? []).Length == 0) : null;
        var fromLog = settings is not null || (parsed.GetValue(Log) ?? []).Length > 0;
        var baseline = fromLog ? default : BaselineOf(parsed);
        if (fromLog) CommonOptions.Refuse(parsed, [Mean, StandardDeviation, Share, UnitsADay, Better], "the log defines it.");
        else CommonOptions.Refuse(parsed, [Metric, Unit, Time, Event, Start, PreDays], "it needs --log.");
        if (parsed.GetValue(Traffic) is var traffic && !(traffic > 0 && traffic <= 1))
        {
            throw Wrong($"--traffic is {traffic}; it must be above 0 and at most 1.");
        }

        var plan = new PowerPlan
        {
            Baseline = baseline,
            Kind = parsed.GetValue(Share) is not null ? MetricKind.Share : MetricKind.Mean,
            Scale = parsed.GetValue(Absolute) ? EffectScale.Absolute : EffectScale.Relative,
            Confidence = Typed(parsed, Confidence) ?? settings?.Confidence ?? parsed.GetValue(Confidence),
            Power = parsed.GetValue(Power),
            ControlShare = Typed(parsed, ControlShare) ?? ControlShareOf(settings) ?? parsed.GetValue(ControlShare),
            VarianceReduction = parsed.GetValue(VarianceReduction) ?? 0,
            TunedFor = parsed.GetValue(Sequential) ?? (settings is { Sequential: true } ? settings.TunedFor : null),
        };
        OptionsValidation.Require(plan);
        var request = new PlanExperimentRequest
        {
            Log = fromLog ? LogOf(parsed, settings) : null,
            Plan = plan,
            Direction = parsed.GetValue(Better) == "lower" ? MetricDirection.Lower : MetricDirection.Higher,
            HasVarianceReduction = parsed.GetValue(VarianceReduction) is not null,
            Traffic = traffic,
            Effect = parsed.GetValue(Effect),
            Units = parsed.GetValue(Units) is { } units ? (long)units : null,
            UnitsADay = parsed.GetValue(UnitsADay),
        };
        if (request.Units < 4 || request.UnitsADay <= 0) throw Wrong($"Units are {request.Units?.ToString(CultureInfo.InvariantCulture) ?? "not given"}, and {request.UnitsADay ?? 1} come per day; at least 4 units and more than 0 per day are needed.");
        if (!fromLog && request is { Effect: null, Units: null, UnitsADay: null })
        {
            throw Wrong($"There is no question to answer. Give --effect, --units or --units-a-day.");
        }

        return request;
    }

    private static ArmEstimate BaselineOf(ParseResult parsed)
    {
        if (parsed.GetValue(Share) is { } share)
        {
            CommonOptions.Refuse(parsed, [Mean, StandardDeviation], "--share defines it.");
            return share is > 0 and < 1
                ? PlanBaseline.OfShare(share)
                : throw Wrong($"--share is {share}; it must be between 0 and 1, as in 2.5%.");
        }

        if (parsed.GetValue(Mean) is not { } mean)
        {
            throw Wrong($"Give a past log (--log), or numbers (--share, or --mean and --standard-deviation).");
        }

        if (parsed.GetValue(StandardDeviation) is not { } deviation)
        {
            throw Wrong($"--mean needs --standard-deviation, the deviation between units.");
        }

        if (!(deviation > 0)) throw Wrong($"--standard-deviation is {deviation}; it must be above 0.");
        if (mean == 0 && !parsed.GetValue(Absolute)) throw Wrong($"--mean is 0, so relative effects are undefined. Add --absolute.");
        return PlanBaseline.OfMean(mean, deviation);
    }

    private static ExperimentLogOptions LogOf(ParseResult parsed, ExperimentSettings? settings)
    {
        var files = parsed.GetValue(Log) ?? [];
        if (settings is not null) CommonOptions.Refuse(parsed, [Unit, Time, Event], "--settings defines it.");
        // Arms do not matter yet: the plan uses all units of the log.
        var options = settings?.LogOptions() ?? new ExperimentLogOptions { Files = [], Metrics = [], Unit = parsed.GetValue(Unit), Time = parsed.GetValue(Time), Event = parsed.GetValue(Event) };
        var metrics = (parsed.GetValue(Metric) ?? [])
            .SelectMany(text => text is "preset:ads" or "ads" ? AdMetrics.All : [MetricExpression.Parse(text)]).ToArray();
        if (metrics.Length == 0 && options.Metrics.Count == 0)
        {
            throw Wrong($"Name the metrics to plan for with --metric, as in mean:spend.");
        }

        return options with
        {
            Files = files.Length > 0 ? files : options.Files,
            // Quantiles do not follow from sums, so they cannot be planned from moments.
            Metrics = metrics.Length > 0 ? metrics : [.. options.Metrics.Where(metric => metric.Kind != MetricKind.Quantile)],
            Assignments = [],
            Arm = null,
            Arms = null,
            Control = null,
            Segments = [],
            Exposure = null,
            // The dates in the settings belong to the coming test, not to a past log.
            Start = parsed.GetValue(Start) is { } start ? TimeOf(start) : files.Length > 0 ? null : options.Start,
            End = files.Length > 0 ? null : options.End,
            PreDays = Typed(parsed, PreDays) ?? (files.Length > 0 ? 0 : options.PreDays),
            Threads = CommonOptions.ThreadsOf(parsed),
        };
    }

    private static long TimeOf(string text) => Timestamp.TryParse(Encoding.UTF8.GetBytes(text), out var time) ? time
        : throw Wrong($"--start is '{text}'; it must be a time, as in 2024-05-31 or 2024-05-31T12:00:00Z.");

    /// <summary>The control's share of the units in it and the smallest other arm, which is the hardest comparison.</summary>
    private static double? ControlShareOf(ExperimentSettings? settings) =>
        settings?.WeightsControlFirst is { Count: > 1 } weights ? weights[0] / (weights[0] + weights.Skip(1).Min()) : null;

    private static T? Typed<T>(ParseResult parsed, Option<T> option)
        where T : struct => parsed.GetResult(option) is { Implicit: false } ? parsed.GetValue(option) : null;

    private static Option<string?> Column(string name, string description) => new(name) { Description = description, HelpName = "NAME" };

    private static Option<double?> Amount(string name, string description) =>
        new(name) { Description = description, HelpName = "X", CustomParser = result => ParseAmount(result, name) };

    private static double? ParseAmount(ArgumentResult result, string name)
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        var percent = text.EndsWith('%');
        if (double.TryParse(percent ? text[..^1] : text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value))
        {
            return percent ? value / 100 : value;
        }

        result.AddError($"{name} is '{text}'; a number is needed, as in 0.02 or 2%.");
        return null;
    }

    private static UsageException Wrong(FormattableString problem) => new(FormattableString.Invariant(problem));
}
