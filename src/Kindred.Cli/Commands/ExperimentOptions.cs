using System.CommandLine;
using System.Globalization;
using System.Text;
using Kindred.App.Experiments;
using Kindred.Cli.Shell;
using Kindred.Data.Experiments;
using Kindred.Data.Values;
using Kindred.Experiments;
using Kindred.Experiments.Analysis;

namespace Kindred.Cli.Commands;

/// <summary>The options that describe an experiment's log and its analysis.</summary>
internal static class ExperimentOptions
{
    private static readonly Option<string?> Settings = new("--settings")
    {
        Description = "A settings file that declares the experiment, its log and its metrics. It replaces all options below except " +
            "--memory.",
        HelpName = "FILE",
    };
    private static readonly Option<string[]> Log =
        CommonOptions.Files("--log", "The log: CSV, gzip CSV or Parquet, with one row per unit or one row per event.");
    private static readonly Option<string[]> Assignment =
        CommonOptions.Files("--assignment", "Tables of unit and arm, if the log's rows have no arm.");
    private static readonly Option<string[]> Exclude = CommonOptions.Files("--exclude", "Lists of units to leave out.");
    private static readonly Option<string?> Unit =
        Column("--unit", "Column of the assigned unit, usually the user. Default: each row is one unit.");
    private static readonly Option<string> Arm =
        new("--arm") { Description = "Column of the arm.", HelpName = "COLUMN", DefaultValueFactory = _ => "arm" };
    private static readonly Option<string?> Time = Column("--time", "Column of event times: ISO 8601, or Unix seconds or milliseconds.");
    private static readonly Option<string?> Event = Column("--event", "Column of event kinds.");
    private static readonly Option<string?> EventId =
        Column("--event-id", "Column of event ids. Of several rows with one id, the first counts.");
    private static readonly Option<string?> Exposure = new("--exposure")
    {
        Description = "The kind of event that exposes a unit. Only exposed units count, from their first exposure on.",
        HelpName = "KIND",
    };
    private static readonly Option<string?> Control =
        new("--control") { Description = "The arm that the other arms are compared with.", HelpName = "ARM" };
    private static readonly Option<string[]> Share =
        CommonOptions.Several("--share",
            "The planned share of an arm, as a weight. Give it for all arms or for none. Default: equal shares.", "ARM=WEIGHT…");
    private static readonly Option<string[]> Metrics = CommonOptions.Several("--metric", "A metric: mean:COLUMN, share:COLUMN, " +
        "ratio:A/B, quantile:COLUMN@0.9, where EVENT counts events and EVENT.COLUMN sums their values. NAME= names the metric. " +
        "preset:ads adds the usual ad metrics.", "METRIC…");
    private static readonly Option<string[]> Primary =
        CommonOptions.Several("--primary", "The metrics that decide. Default: all metrics that are not guardrails.", "NAME…");
    private static readonly Option<string[]> Guardrail =
        CommonOptions.Several("--guardrail", "A metric that must not get worse by more than this share.", "NAME=MARGIN…");
    private static readonly Option<string[]> Lower = CommonOptions.Several("--lower", "Metrics where lower is better.", "NAME…");
    private static readonly Option<string[]> Covariate = CommonOptions.Several("--covariate", "A column, known before the experiment, " +
        "that predicts a metric (CUPED). Default: the pre-period of --pre-days.", "NAME=COLUMN…");
    private static readonly Option<string[]> Cap =
        CommonOptions.Several("--cap", "The maximum that one unit may add to a metric (winsorising): a value, or a quantile such as p99.9.",
            "NAME=VALUE…");
    private static readonly Option<string[]> Negative =
        CommonOptions.Several("--allow-negative",
            "Metrics whose values may be negative, such as refunds. For other metrics a negative value is a problem of the log.", "NAME…");
    private static readonly Option<string[]> Segment =
        CommonOptions.Several("--segment", "Columns of unit properties to break the results down by.", "COLUMN…");
    private static readonly Option<string?> Start =
        new("--start") { Description = "Start of the experiment. Default: the first event after the pre-period.", HelpName = "TIME" };
    private static readonly Option<string?> End =
        new("--end") { Description = "End of the experiment (exclusive). Default: after the last event.", HelpName = "TIME" };
    private static readonly Option<int> PreDays =
        CommonOptions.Number("--pre-days", "Days before the start that serve as pre-period (CUPED).", 0);
    private static readonly Option<double> Confidence =
        CommonOptions.Number("--confidence", "Confidence level of every interval; tests use one minus it.",
            new AnalysisOptions().Confidence);
    private static readonly Option<bool> Sequential =
        new("--sequential") { Description = "Compute always-valid intervals, which hold however often you look." };
    private static readonly Option<double> TunedFor =
        CommonOptions.Number("--tuned-for", "The number of units in two arms at which always-valid intervals are tightest.",
            new AnalysisOptions().TunedFor);
    private static readonly Option<string> Correction =
        CommonOptions.Choice("--correction", "Correction of p-values for several metrics: Holm, or Benjamini–Hochberg.", "holm", "bh");
    private static readonly Option<double> Memory =
        CommonOptions.Number("--memory", "Gigabytes of rows to keep in memory; more go to temporary files.", 2.0);

    /// <summary>All options.</summary>
    public static IEnumerable<Option> All =>
    [
        Settings, .. Declared, Memory,
    ];

    // The options that a settings file replaces.
    private static IEnumerable<Option> Declared =>
    [
        Log, Assignment, Exclude, Unit, Arm, Time, Event, EventId, Exposure, Control, Share, Metrics, Primary, Guardrail, Lower, Covariate,
        Cap, Negative, Segment,
        TableOptions.NormalizeIds, TableOptions.TimestampFormat, TableOptions.DecimalComma, Start, End, PreDays, Confidence, Sequential, TunedFor, Correction,
    ];

    /// <summary>Reads the options.</summary>
    /// <exception cref="KindredException">The options do not fit together.</exception>
    public static AnalyzeExperimentRequest Read(ParseResult parsed)
    {
        if (parsed.GetValue(Settings) is { } settings)
        {
            CommonOptions.Refuse(parsed, Declared, "the settings file declares it before results are known.");
            return AnalyzeExperimentRequest.Of(settings, MemoryOf(parsed), CommonOptions.ThreadsOf(parsed));
        }

        var files = parsed.GetValue(Log) ?? [];
        if (files.Length == 0) throw new UsageException("No log is given. Name its files with --log, or a settings file with --settings.");
        var shares = Shares(parsed);
        if (!parsed.GetValue(Sequential)) CommonOptions.Refuse(parsed, [TunedFor], "it needs --sequential.");
        var control = parsed.GetValue(Control);
        if (shares.Count > 0 && (control is null || !shares.ContainsKey(control)))
        {
            throw new UsageException($"--share gives no share to the " +
                $"control{(control is null ? ", which --control must name" : $" '{control}'")}. Give one for every arm, including the " +
                "control.");
        }

        string[]? arms = shares.Count == 0 ? null : [control!, .. shares.Keys.Where(arm => arm != control).Order(StringComparer.Ordinal)];
        return new AnalyzeExperimentRequest
        {
            Name = $"A/B test {Path.GetFileName(files[0])}",
            Log = new ExperimentLogOptions
            {
                Files = files,
                Assignments = parsed.GetValue(Assignment) ?? [],
                Excluded = parsed.GetValue(Exclude) ?? [],
                Unit = parsed.GetValue(Unit),
                Arm = parsed.GetValue(Arm),
                Time = parsed.GetValue(Time),
                Event = parsed.GetValue(Event),
                EventId = parsed.GetValue(EventId),
                Exposure = parsed.GetValue(Exposure),
                Control = control,
                Arms = arms,
                Start = Moment(parsed, Start),
                End = Moment(parsed, End),
                PreDays = parsed.GetValue(PreDays),
                Segments = CommonOptions.Names(parsed.GetValue(Segment)),
                Metrics = MetricsOf(parsed),
                Rules = TableOptions.Of(parsed),
                MemoryBytes = MemoryOf(parsed),
                Threads = CommonOptions.ThreadsOf(parsed),
            },
            Analysis = new AnalysisOptions
            {
                Confidence = parsed.GetValue(Confidence),
                PlannedWeights = arms is null ? [] : [.. arms.Select(arm => shares[arm])],
                Sequential = parsed.GetValue(Sequential),
                TunedFor = parsed.GetValue(TunedFor),
                Correction = parsed.GetValue(Correction) == "bh"
                    ? Kindred.Experiments.Analysis.Correction.BenjaminiHochberg
                    : Kindred.Experiments.Analysis.Correction.Holm,
            },
        };
    }

    private static Metric[] MetricsOf(ParseResult parsed)
    {
        Metric[] metrics =
            [.. CommonOptions.Names(parsed.GetValue(Metrics))
                .SelectMany(text => text is "preset:ads" or "ads" ? AdMetrics.All : [MetricExpression.Parse(text)])];
        if (metrics.Length == 0) throw new UsageException("No metric is given. Name at least one, as in --metric mean:visit.");
        var byName = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < metrics.Length; i++)
        {
            if (!byName.TryAdd(metrics[i].Name, i)) throw new UsageException($"Two metrics are named '{metrics[i].Name}'. Rename one, as " +
                $"in --metric other={metrics[i].Kind.ToString().ToLowerInvariant()}:…");
        }

        foreach (var name in CommonOptions.Names(parsed.GetValue(Primary)))
        {
            Change(Primary, name, metric => metric with { Role = MetricRole.Primary });
        }

        foreach (var name in CommonOptions.Names(parsed.GetValue(Lower)))
        {
            Change(Lower, name, metric => metric with { Better = MetricDirection.Lower });
        }

        foreach (var name in CommonOptions.Names(parsed.GetValue(Negative)))
        {
            Change(Negative, name, metric =>
                metric with
                {
                    Numerator = metric.Numerator with { AllowsNegative = true },
                    Denominator = metric.Denominator is null ? null : metric.Denominator with { AllowsNegative = true }
                });
        }

        foreach (var pair in Pairs(parsed, Covariate)) Change(Covariate, pair.Name, metric => metric with { Covariate = pair.Value });
        foreach (var pair in Pairs(parsed, Guardrail)) Change(Guardrail, pair.Name, metric => Guarded(metric, Number(Guardrail, pair)));
        foreach (var pair in Pairs(parsed, Cap)) Change(Cap, pair.Name, metric => Capped(metric, pair));
        return metrics;

        void Change(Option option, string name, Func<Metric, Metric> change)
        {
            // "spend" is enough for mean:spend if no other metric uses that column.
            int[] places = byName.TryGetValue(name, out var place)
                ? [place]
                : [.. Enumerable.Range(0, metrics.Length).Where(i => metrics[i].Denominator is null && metrics[i].Numerator.Name == name)];
            if (places.Length != 1)
            {
                throw new UsageException($"{option.Name} names '{name}', which is " +
                    $"{(places.Length == 0 ? "no metric" : "more than one metric")}. There are: {string.Join(", ", byName.Keys)}.");
            }

            metrics[places[0]] = change(metrics[places[0]]);
        }
    }

    private static Dictionary<string, double> Shares(ParseResult parsed)
    {
        var shares = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var pair in Pairs(parsed, Share))
        {
            var share = Number(Share, pair);
            if (!(share > 0))
            {
                throw new UsageException(
                    FormattableString.Invariant($"--share {pair.Name} is {share}; it must be above 0, as in {pair.Name}=50."));
            }

            if (!shares.TryAdd(pair.Name, share)) throw new UsageException($"--share names arm '{pair.Name}' twice. Remove one.");
        }

        return shares;
    }

    private static Metric Guarded(Metric metric, double margin)
    {
        if (metric.Role == MetricRole.Primary)
        {
            throw new UsageException($"'{metric.Name}' is named in both --primary and --guardrail. Remove it from one of them.");
        }

        return margin is > 0 and < 1 ? metric with { Role = MetricRole.Guardrail, Margin = margin } : throw new UsageException(FormattableString.Invariant($"--guardrail {metric.Name} has the margin {margin}; it must be between 0 and 1, as in {metric.Name}=0.02 for 2%."));
    }

    private static Metric Capped(Metric metric, (string Name, string Value) pair)
    {
        if (metric.Kind is MetricKind.Share or MetricKind.Quantile)
        {
            throw new UsageException($"--cap names '{metric.Name}', and a cap has no effect on shares and quantiles. Leave it out.");
        }

        if (!pair.Value.StartsWith('p')) return metric with { Cap = Number(Cap, pair) };
        var percent = Number(Cap, (pair.Name, pair.Value[1..]));
        return percent is > 0 and < 100 ? metric with { CapQuantile = percent / 100 } : throw new UsageException($"--cap {metric.Name}={pair.Value} is not a percentile between 0 and 100, as in {metric.Name}=p99.9.");
    }

    private static IEnumerable<(string Name, string Value)> Pairs(ParseResult parsed, Option<string[]> option) =>
        CommonOptions.Names(parsed.GetValue(option)).Select(text =>
        {
            // Arm names may contain an equals sign; values never do.
            var at = text.LastIndexOf('=');
            return at > 0 && at < text.Length - 1 ? (text[..at], text[(at + 1)..])
                : throw new UsageException(
                    $"{option.Name} is '{text}'; a name and a value are needed, as in {option.HelpName!.TrimEnd('…')}.");
        });

    private static double Number(Option option, (string Name, string Value) pair) =>
        double.TryParse(pair.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw new UsageException($"{option.Name} {pair.Name}={pair.Value} is not a number, as in {pair.Name}=0.5.");

    private static long? Moment(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is not { } text ? null
        : Timestamp.TryParse(Encoding.UTF8.GetBytes(text), out var milliseconds) ? milliseconds
        : throw new UsageException(
            $"{option.Name} is '{text}', which is not a time. Write ISO 8601, as in 2026-01-31 or 2026-01-31T12:00:00Z.");

    private static long MemoryOf(ParseResult parsed)
    {
        var gigabytes = parsed.GetValue(Memory);
        return gigabytes is >= 0.05 and <= 10_000
            ? (long)(gigabytes * 1e9)
            : throw new UsageException(FormattableString.Invariant($"--memory is {gigabytes}; it must be from 0.05 to 10,000 GB."));
    }

    private static Option<string?> Column(string name, string description) => new(name) { Description = description, HelpName = "COLUMN" };
}
