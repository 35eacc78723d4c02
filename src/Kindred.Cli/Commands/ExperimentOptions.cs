using System.CommandLine;
using System.Globalization;
using System.Text;
using Kindred.App.Experiments;
using Kindred.Data.Experiments;
using Kindred.Data.Tables;
using Kindred.Experiments;
using Kindred.Experiments.Analysis;

namespace Kindred.Cli.Commands;

/// <summary>The options that say what an experiment's log is and how it is judged.</summary>
internal static class ExperimentOptions
{
    private static readonly Option<string?> Settings = new("--settings") { Description = "A settings file that declares the experiment, its log and its metrics; it takes the place of all options below but --memory.", HelpName = "FILE" };
    private static readonly Option<string[]> Log = CommonOptions.Files("--log", "The log: CSV, gzip CSV or Parquet, one row a unit or one row an event.");
    private static readonly Option<string[]> Assignment = CommonOptions.Files("--assignment", "Tables of unit and arm, where the rows of the log have no arm.");
    private static readonly Option<string[]> Exclude = CommonOptions.Files("--exclude", "Lists of units that take no part.");
    private static readonly Option<string?> Unit = Column("--unit", "Column of the unit that was assigned: the user. Default: every row is a unit of its own.");
    private static readonly Option<string> Arm = new("--arm") { Description = "Column of the arm.", HelpName = "COLUMN", DefaultValueFactory = _ => "arm" };
    private static readonly Option<string?> Time = Column("--time", "Column of the time of an event: ISO 8601, unix seconds or milliseconds.");
    private static readonly Option<string?> Event = Column("--event", "Column of the kind of an event.");
    private static readonly Option<string?> EventId = Column("--event-id", "Column of an event's id: of several rows with the same, the first counts.");
    private static readonly Option<string?> Exposure = new("--exposure") { Description = "The kind of event that exposes a unit: only exposed units count, and what they did from then on.", HelpName = "KIND" };
    private static readonly Option<string?> Control = new("--control") { Description = "The arm that the others are compared with.", HelpName = "ARM" };
    private static readonly Option<string[]> Share = CommonOptions.Several("--share", "The planned share of an arm, as a weight; for all arms or for none. Default: all alike.", "ARM=WEIGHT…");
    private static readonly Option<string[]> Metrics = CommonOptions.Several("--metric", "A metric: mean:COLUMN, share:COLUMN, ratio:A/B, quantile:COLUMN@0.9, with EVENT for a number of events and EVENT.COLUMN for their values; NAME= before it names it; preset:ads stands for those of ads.", "METRIC…");
    private static readonly Option<string[]> Primary = CommonOptions.Several("--primary", "The metrics that decide. Default: all that are no guardrails.", "NAME…");
    private static readonly Option<string[]> Guardrail = CommonOptions.Several("--guardrail", "A metric that must not get worse by more than a share of its value.", "NAME=MARGIN…");
    private static readonly Option<string[]> Lower = CommonOptions.Several("--lower", "Metrics of which less is better.", "NAME…");
    private static readonly Option<string[]> Covariate = CommonOptions.Several("--covariate", "A column known before the experiment that foretells a metric (CUPED). Default: the pre-period of --pre-days.", "NAME=COLUMN…");
    private static readonly Option<string[]> Cap = CommonOptions.Several("--cap", "The most that one unit may add to a metric (winsorising): a value, or a quantile of units' values such as p99.9.", "NAME=VALUE…");
    private static readonly Option<string[]> Negative = CommonOptions.Several("--allow-negative", "Metrics whose values may be below 0, as of refunds. Elsewhere such values are problems of the log.", "NAME…");
    private static readonly Option<string[]> Segment = CommonOptions.Several("--segment", "Columns of properties of units to look at the outcome by.", "COLUMN…");
    private static readonly Option<string?> Start = new("--start") { Description = "The first moment of the experiment. Default: that of the log, behind the pre-period.", HelpName = "TIME" };
    private static readonly Option<string?> End = new("--end") { Description = "The first moment after the experiment. Default: behind the last event.", HelpName = "TIME" };
    private static readonly Option<int> PreDays = CommonOptions.Number("--pre-days", "Days before the start whose events tell how units differed before (CUPED).", 0);
    private static readonly Option<double> Confidence = CommonOptions.Number("--confidence", "Of every interval, and one minus the level of every test.", new AnalysisOptions().Confidence);
    private static readonly Option<bool> Sequential = new("--sequential") { Description = "Make intervals that hold however often one looks." };
    private static readonly Option<double> TunedFor = CommonOptions.Number("--tuned-for", "Units of two arms at which always-valid intervals are tightest.", new AnalysisOptions().TunedFor);
    private static readonly Option<string> Correction = CommonOptions.Choice("--correction", "How p-values of several metrics are corrected: Holm, or Benjamini and Hochberg.", "holm", "bh");
    private static readonly Option<double> Memory = CommonOptions.Number("--memory", "GB of rows to keep in memory; more go to temporary files.", 2.0);

    /// <summary>All of them.</summary>
    public static IEnumerable<Option> All =>
    [
        Settings, .. Declared, Memory,
    ];

    // What a settings file declares.
    private static IEnumerable<Option> Declared =>
    [
        Log, Assignment, Exclude, Unit, Arm, Time, Event, EventId, Exposure, Control, Share, Metrics, Primary, Guardrail, Lower, Covariate, Cap, Negative, Segment,
        Start, End, PreDays, Confidence, Sequential, TunedFor, Correction,
    ];

    /// <summary>What the options say.</summary>
    /// <exception cref="KindredException">They do not go together.</exception>
    public static AnalyzeExperimentRequest Read(ParseResult parsed)
    {
        if (parsed.GetValue(Settings) is { } settings)
        {
            CommonOptions.Refuse(parsed, Declared, "the settings file declares that, so that it is declared before anybody looks.");
            return AnalyzeExperimentRequest.Of(settings, MemoryOf(parsed), CommonOptions.ThreadsOf(parsed));
        }

        var files = parsed.GetValue(Log) ?? [];
        if (files.Length == 0) throw new UsageException("No log is named. Give its files with --log, or a settings file with --settings.");
        var shares = Shares(parsed);
        if (!parsed.GetValue(Sequential)) CommonOptions.Refuse(parsed, [TunedFor], "only the intervals of --sequential are tuned.");
        var control = parsed.GetValue(Control);
        if (shares.Count > 0 && (control is null || !shares.ContainsKey(control)))
        {
            throw new UsageException($"--share gives no share to the control{(control is null ? ", which --control must name" : $" '{control}'")}. Give one for every arm, the control too.");
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
                MemoryBytes = MemoryOf(parsed),
                Threads = CommonOptions.ThreadsOf(parsed),
            },
            Analysis = new AnalysisOptions
            {
                Confidence = parsed.GetValue(Confidence),
                PlannedWeights = arms is null ? [] : [.. arms.Select(arm => shares[arm])],
                Sequential = parsed.GetValue(Sequential),
                TunedFor = parsed.GetValue(TunedFor),
                Correction = parsed.GetValue(Correction) == "bh" ? Kindred.Experiments.Analysis.Correction.BenjaminiHochberg : Kindred.Experiments.Analysis.Correction.Holm,
            },
        };
    }

    private static Metric[] MetricsOf(ParseResult parsed)
    {
        Metric[] metrics = [.. CommonOptions.Names(parsed.GetValue(Metrics)).SelectMany(text => text is "preset:ads" or "ads" ? AdMetrics.All : [MetricExpression.Parse(text)])];
        if (metrics.Length == 0) throw new UsageException("No metric is asked for. Name at least one, as in --metric mean:visit.");
        var byName = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < metrics.Length; i++)
        {
            if (!byName.TryAdd(metrics[i].Name, i)) throw new UsageException($"Two metrics are called '{metrics[i].Name}'. Give one of them another name, as in --metric other={metrics[i].Kind.ToString().ToLowerInvariant()}:…");
        }

        foreach (var name in CommonOptions.Names(parsed.GetValue(Primary))) Change(Primary, name, metric => metric with { Role = MetricRole.Primary });
        foreach (var name in CommonOptions.Names(parsed.GetValue(Lower))) Change(Lower, name, metric => metric with { Better = MetricDirection.Lower });
        foreach (var name in CommonOptions.Names(parsed.GetValue(Negative)))
        {
            Change(Negative, name, metric => metric with { Numerator = metric.Numerator with { AllowsNegative = true }, Denominator = metric.Denominator is null ? null : metric.Denominator with { AllowsNegative = true } });
        }

        foreach (var pair in Pairs(parsed, Covariate)) Change(Covariate, pair.Name, metric => metric with { Covariate = pair.Value });
        foreach (var pair in Pairs(parsed, Guardrail)) Change(Guardrail, pair.Name, metric => Guarded(metric, Number(Guardrail, pair)));
        foreach (var pair in Pairs(parsed, Cap)) Change(Cap, pair.Name, metric => Capped(metric, pair));
        return metrics;

        void Change(Option option, string name, Func<Metric, Metric> change)
        {
            // Of mean:spend, spend is enough where no other metric is of it.
            int[] places = byName.TryGetValue(name, out var place) ? [place] : [.. Enumerable.Range(0, metrics.Length).Where(i => metrics[i].Denominator is null && metrics[i].Numerator.Name == name)];
            if (places.Length != 1)
            {
                throw new UsageException($"{option.Name} names '{name}', which is {(places.Length == 0 ? "no metric" : "more than one metric")}. There are: {string.Join(", ", byName.Keys)}.");
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
            if (!(share > 0)) throw new UsageException(FormattableString.Invariant($"--share {pair.Name} is {share}; it must be above 0, as in {pair.Name}=50."));
            if (!shares.TryAdd(pair.Name, share)) throw new UsageException($"--share names arm '{pair.Name}' twice. Leave one of them out.");
        }

        return shares;
    }

    private static Metric Guarded(Metric metric, double margin)
    {
        if (metric.Role == MetricRole.Primary) throw new UsageException($"'{metric.Name}' is named by both --primary and --guardrail. Leave one of them out.");
        return margin is > 0 and < 1 ? metric with { Role = MetricRole.Guardrail, Margin = margin } : throw new UsageException(FormattableString.Invariant($"--guardrail {metric.Name} has the margin {margin}; it must be between 0 and 1, as in {metric.Name}=0.02 for 2%."));
    }

    private static Metric Capped(Metric metric, (string Name, string Value) pair)
    {
        if (metric.Kind is MetricKind.Share or MetricKind.Quantile) throw new UsageException($"--cap names '{metric.Name}', whose value does not grow with a unit's values: a cap would change nothing. Leave it out.");
        if (!pair.Value.StartsWith('p')) return metric with { Cap = Number(Cap, pair) };
        var percent = Number(Cap, (pair.Name, pair.Value[1..]));
        return percent is > 0 and < 100 ? metric with { CapQuantile = percent / 100 } : throw new UsageException($"--cap {metric.Name}={pair.Value} is no percentile between 0 and 100, as in {metric.Name}=p99.9.");
    }

    private static IEnumerable<(string Name, string Value)> Pairs(ParseResult parsed, Option<string[]> option) =>
        CommonOptions.Names(parsed.GetValue(option)).Select(text =>
        {
            // Names of arms may hold an equals sign; a value never does.
            var at = text.LastIndexOf('=');
            return at > 0 && at < text.Length - 1 ? (text[..at], text[(at + 1)..])
                : throw new UsageException($"{option.Name} is '{text}'; a name and a value are needed, as in {option.HelpName!.TrimEnd('…')}.");
        });

    private static double Number(Option option, (string Name, string Value) pair) =>
        double.TryParse(pair.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : throw new UsageException($"{option.Name} {pair.Name}={pair.Value} is no number, as in {pair.Name}=0.5.");

    private static long? Moment(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is not { } text ? null
        : Timestamp.TryParse(Encoding.UTF8.GetBytes(text), out var milliseconds) ? milliseconds
        : throw new UsageException($"{option.Name} is '{text}', which is no point in time. Write ISO 8601, as in 2026-01-31 or 2026-01-31T12:00:00Z.");

    private static long MemoryOf(ParseResult parsed)
    {
        var gigabytes = parsed.GetValue(Memory);
        return gigabytes is >= 0.05 and <= 10_000 ? (long)(gigabytes * 1e9) : throw new UsageException(FormattableString.Invariant($"--memory is {gigabytes}; it must be from 0.05 to 10,000 GB."));
    }

    private static Option<string?> Column(string name, string description) => new(name) { Description = description, HelpName = "COLUMN" };
}
