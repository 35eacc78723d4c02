using System.Globalization;
using System.Text;
using Kindred.Data.Tables;
using Kindred.Data.Values;
using Kindred.Experiments.Analysis;
using Kindred.Experiments.Assignment;
using Kindred.Pipeline.Settings;

namespace Kindred.Pipeline.Experiments;

/// <summary>Reads the settings of an experiment.</summary>
internal static class ExperimentSettingsReader
{
    public static ExperimentSettings Read(string file, bool withLog)
    {
        var root = new SettingsFile(file, "docs/guide/experiments.md").Load("experiment.yaml", "name: checkout");
        root.RequireKnown("name", "assignment", "log", "start", "end", "pre_days", "metrics", "segments", "confidence", "correction", "srm_alarm",
            "sequential");
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var name = root.RequiredText("name");
        var settings = new ExperimentSettings
        {
            Name = name,
            Assignment = AssignmentOf(root, folder, name),
            Log = LogOf(root, folder, withLog),
            Start = Time(root, "start"),
            End = Time(root, "end"),
            PreDays = Within(root, "pre_days", root.Number<int>("pre_days") ?? 0, 0, 3650),
            Metrics = MetricSettings.Read(root),
            Segments = Distinct(root, "segments"),
            Confidence = Open(root, "confidence", 0.95),
            Correction = root.Choice("correction", "holm", "bh") == "bh" ? Correction.BenjaminiHochberg : Correction.Holm,
            SampleRatioAlarm = Open(root, "srm_alarm", 0.001),
        };
        settings = SequentialOf(root, settings);
        root.RequireNothingElse();
        if (settings is { Start: { } start, End: { } end } && end <= start)
        {
            throw root.Error("end", $"'end' is '{root.Text("end")}', which is not after 'start', '{root.Text("start")}'");
        }

        if (settings is { PreDays: > 0, Start: null })
        {
            throw root.Error("pre_days", "'pre_days' counts back from 'start', which is missing");
        }

        return settings;
    }

    /// <summary>A number within exclusive bounds.</summary>
    public static double Open(SettingsNode map, string key, double otherwise, double from = 0, double to = 1)
    {
        var number = map.Number<double>(key) ?? otherwise;
        return number > from && number < to ? number
            : throw map.Error(key, string.Create(CultureInfo.InvariantCulture, $"'{map.Name(key)}' is {number}; it must be {(double.IsPositiveInfinity(to) ? $"above {from}" : $"between {from} and {to}")}"));
    }

    private static T Within<T>(SettingsNode map, string key, T number, T from, T to)
        where T : struct, IComparable<T> => number.CompareTo(from) >= 0 && number.CompareTo(to) <= 0 ? number
            : throw map.Error(key,
                string.Create(CultureInfo.InvariantCulture,
                $"'{map.Name(key)}' is {number}; it must be from {OptionsValidation.Bound(from)} to {OptionsValidation.Bound(to)}"));

    private static AssignmentSettings AssignmentOf(SettingsNode root, string folder, string name)
    {
        if (root.Map("assignment") is not { } map) return new AssignmentSettings { Salt = name };
        var arms = ArmsOf(map);
        var control = map.Text("control") ?? (arms.Count > 0 ? arms[0].Name : null);
        if (arms.Count > 0 && arms.All(arm => arm.Name != control))
        {
            throw map.Error("control",
                $"'{map.Name("control")}' is '{control}', which is not an arm; arms are {string.Join(", ", arms.Select(arm => arm.Name))}");
        }

        var settings = new AssignmentSettings
        {
            Salt = map.Text("salt") ?? name,
            Arms = arms,
            Control = control,
            Layer = LayerOf(map),
            Exclude = Files(map, "exclude", folder),
        };
        map.RequireNothingElse();
        if (arms.Count == 0) return settings;
        try
        {
            _ = new UnitAssignment(settings.Salt, settings.Arms, settings.Layer);
        }
        catch (KindredException problem)
        {
            throw root.Error("assignment", problem.Message.TrimEnd('.'));
        }

        return settings;
    }

    private static IReadOnlyList<AssignmentArm> ArmsOf(SettingsNode assignment)
    {
        if (assignment.Map("arms") is not { } map) return [];
        return [.. map.Keys.ToArray().Select(arm =>
            new AssignmentArm(arm,
                Within(map, arm, map.Number<long>(arm) ?? throw map.Error(arm, $"'{map.Name(arm)}' needs a weight, as in {arm}: 1"), 1,
                AssignmentArm.MaxWeight)))];
    }

    private static AssignmentLayer? LayerOf(SettingsNode assignment)
    {
        if (assignment.Map("layer") is not { } map) return null;
        var salt = map.Text("salt") ?? map.RequiredText("name");
        _ = map.Text("name");
        var buckets = map.Map("buckets") ?? throw map.Missing("buckets");
        var from = Within(buckets, "from", buckets.Number<int>("from") ?? throw buckets.Missing("from"), 0, AssignmentLayer.Buckets - 1);
        var to = Within(buckets, "to", buckets.Number<int>("to") ?? throw buckets.Missing("to"), from + 1, AssignmentLayer.Buckets);
        buckets.RequireNothingElse();
        map.RequireNothingElse();
        return new AssignmentLayer(salt, from, to);
    }

    private static ExperimentLogSettings? LogOf(SettingsNode root, string folder, bool withLog)
    {
        if (root.Map("log") is not { } map) return null;
        var settings = new ExperimentLogSettings
        {
            Unit = map.Text("unit"),
            Time = map.Text("time"),
            Arm = map.Text("arm") ?? new ExperimentLogSettings().Arm,
            Event = map.Text("event"),
            EventId = map.Text("event_id"),
            Exposure = map.Text("exposure"),
            Rules = TableRuleSettings.Read(map),
            SkewMinutes = Within(map, "skew_minutes", map.Number<double>("skew_minutes") ?? 5, 0, 1440),
        };
        var (hasFiles, hasAssignments) = (map.Has("files"), map.Has("assignments"));
        if (withLog)
        {
            if (!hasFiles) throw map.Missing("files");
            settings = settings with { Files = Files(map, "files", folder), Assignments = Files(map, "assignments", folder) };
        }

        map.RequireNothingElse();
        if (settings is { Exposure: not null, Event: null })
        {
            throw map.Error("exposure",
                $"'{map.Name("exposure")}' names a kind of event, but '{map.Name("event")}' does not name the column of kinds");
        }

        if (settings.Unit is null && (hasAssignments || settings.Exposure is not null))
        {
            throw map.Error(hasAssignments ? "assignments" : "exposure",
                $"this needs '{map.Name("unit")}', the column that identifies the rows of a unit");
        }

        return settings;
    }

    private static ExperimentSettings SequentialOf(SettingsNode root, ExperimentSettings settings)
    {
        if (!root.IsMap("sequential")) return settings with { Sequential = root.Flag("sequential") ?? false };
        var map = root.Map("sequential")!;
        settings = settings with
        {
            Sequential = true,
            TunedFor = Within(map, "tuned_for", map.Number<double>("tuned_for") ?? throw map.Missing("tuned_for"), 1, 1e15)
        };
        map.RequireNothingElse();
        return settings;
    }

    private static long? Time(SettingsNode root, string key)
    {
        if (root.Text(key) is not { } text) return null;
        return Timestamp.TryParse(Encoding.UTF8.GetBytes(text), out var time) ? time
            : throw root.Error(key,
                $"'{key}' is '{text}'; it must be a point in time such as 2024-05-31, 2024-05-31T12:00:00Z or unix seconds");
    }

    private static IReadOnlyList<string> Distinct(SettingsNode root, string key)
    {
        var texts = root.Texts(key) ?? [];
        var twice = texts.GroupBy(text => text, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? texts : throw root.Error(key, $"'{key}' names '{twice.Key}' twice");
    }

    private static IReadOnlyList<string> Files(SettingsNode map, string key, string folder) =>
        map.Texts(key) is { } paths ? InputGlob.Expand(paths, folder, problem => map.Error(key, problem)) : [];
}
