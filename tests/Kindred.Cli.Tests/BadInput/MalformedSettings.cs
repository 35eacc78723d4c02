using System.Text;

namespace Kindred.Cli.Tests.BadInput;

/// <summary>Settings of daily runs and of experiments, and logs of experiments.</summary>
internal static class MalformedSettings
{
    private const string Run = "run {file.yaml}";
    private const string Declared = "experiment analyze --settings {file.yaml}";
    private const string Log = "experiment analyze --unit user_id --metric mean:value --control old --log {file.csv}";
    private const string Events = "experiment analyze --unit user_id --time time --event event --exposure impression --metric mean:click --control old --log {file.csv}";
    private const string Good = "population: {population}\nseeds: {seeds}\n";
    private const string Table = "user_id,arm,value\n";
    private const string Header = "user_id,arm,time,event\n";

    public static IReadOnlyList<Malformed> All { get; } =
    [
        // Settings of daily runs.
        new("empty settings", Run, 2, "", "one map of keys and values"),
        new("settings that are a list", Run, 2, "- population\n", "one map of keys and values"),
        new("settings of two documents", Run, 2, "a: 1\n---\nb: 2\n", "one map of keys and values"),
        new("settings that are no YAML", Run, 2, "population: [a\nseeds: b\n", "after line 1", "this is not YAML", "unclosed"),
        new("settings with a key twice", Run, 2, "seeds: a\nseeds: b\n", "this is not YAML"),
        new("settings with a tab", Run, 2, "population:\n\tfolder: a\n", "line 1", "tab"),
        new("settings that are not UTF-8", Run, 2, FileContent.In(Encoding.Latin1, "population: café\n"), "the text is not UTF-8"),
        new("settings in UTF-16", Run, 2, FileContent.In(Encoding.Unicode, "population: a\n", mark: true), "the text is not UTF-8"),
        new("settings with an unknown anchor", Run, 2, "population: *nobody\n", "this is not YAML"),
        new("settings that hold themselves", Run, 2, "population: &a [*a]\nseeds: b\n", "'population' must be a text"),
        new("settings that are nested 100,000 times", Run, 2, "population: " + new string('[', 100_000) + "\n", "more than 32 maps and lists are nested"),
        new("targets that are not there", Run, 2, "seeds: []\npopulation: p\ntargets: /none.csv\n", "line 3", "'targets' names no file", "/none.csv"),
        new("settings that multiply", Run, 2, "seeds: &c [&b [&a [x, x], *a], *b]\npopulation: p\n", "'seeds' must be a list of texts"),
        new("a path with a NUL character", Run, 2, "population: \"a\\0b\"\nseeds: c\n", "line 1", "'population'", "NUL character"),
        new("settings without seeds", Run, 2, "population: p\n", "the setting 'seeds' is missing"),
        new("seeds that are not there", Run, 2, "population: p\nseeds: none.csv\n", "line 2", "'none.csv' names no file"),
        new("an unknown key", Run, 2, Good + "sises: [1%]\n", "line 3", "no setting 'sises'", "Did you mean 'sizes'?"),
        new("a key of a list that is unknown", Run, 2, Good + "lists:\n  one: { owners: me }\n", "line 4", "'lists.one.owners'", "Did you mean 'owner'?"),
        new("a size of 0 in settings", Run, 2, Good + "sizes: [0]\n", "line 3", "'0' is not an audience size"),
        new("a number that is a word", Run, 2, Good + "keep: many\n", "line 3", "'keep' is 'many'", "whole number"),
        new("a number out of range", Run, 2, Good + "keep: 0\n", "line 3", "'keep' is 0", "from 1 to 10,000"),
        new("a number that is NaN", Run, 2, Good + "confidence: NaN\n", "line 3", "'confidence' is NaN"),
        new("a choice that is none", Run, 2, Good + "sizing: guessed\n", "line 3", "'sizing' is 'guessed'", "exact, sampled"),
        new("a map where a text belongs", Run, 2, "population: p\nseeds: { a: b }\n", "line 2", "'seeds' must be a text or a list of texts"),

        // Settings of experiments.
        new("an experiment without a name", Declared, 2, "metrics: [mean:value]\n", "the setting 'name' is missing"),
        new("an experiment without a log", Declared, 2, "name: x\nmetrics: [mean:value]\n", "have no log"),
        new("an experiment without metrics", Declared, 2, "name: x\nlog: { files: {interactions} }\n", "declares no metrics"),
        new("an experiment that ends before it starts", Declared, 2, "name: x\nstart: 2024-05-02\nend: 2024-05-01\n", "line 3", "not after 'start'"),
        new("an experiment of a day that is none", Declared, 2, "name: x\nstart: 2024-02-30\n", "line 2", "'start' is '2024-02-30'", "a point in time"),
        new("a metric that cannot be read", Declared, 2, "name: x\nmetrics: [median:value]\n", "line 2", "'median' is not a kind of metric"),
        new("a metric twice", Declared, 2, "name: x\nmetrics: [mean:value, mean:value]\n", "line 2", "a metric 'mean:value' already"),
        new("a guardrail without a margin", Declared, 2, "name: x\nmetrics:\n- { of: mean:value, role: guardrail }\n", "line 3", "have a margin"),
        new("a margin that is NaN", Declared, 2, "name: x\nmetrics:\n- { of: mean:value, role: guardrail, margin: NaN }\n", "line 3", "margin' is NaN"),
        new("a weight of an arm of 0", Declared, 2, "name: x\nassignment: { arms: { a: 0, b: 1 } }\n", "line 2", "'assignment.arms.a' is 0"),
        new("a layer of no buckets", Declared, 2, "name: x\nassignment: { arms: { a: 1, b: 1 }, layer: { name: l, buckets: { from: 5, to: 5 } } }\n", "line 2", "to' is 5"),
        new("a control that is no arm", Declared, 2, "name: x\nassignment: { arms: { a: 1, b: 1 }, control: c }\n", "line 2", "is not an arm"),

        // Logs.
        new("an empty log", Log, 42, "", "line 1: the file is empty"),
        new("a log without the column of units", Log, 42, "person,arm,value\nu,old,1\n", "no column 'user_id'"),
        new("a log without arms", Log, 42, "user_id,value\nu,1\n", "'arm'"),
        new("a log without the control", Log, 42, Table + "u,a,1\nv,b,1\n", "no arm 'old'", "'a', 'b'"),
        new("a log of one arm", Log, 42, Table + "u,old,1\nv,old,2\n", "arm"),
        new("a log of 300 arms", Log, 42, Table + string.Concat(Enumerable.Range(0, 300).Select(i => $"u{i},arm{i},1\n")), "column 'arm' has more than"),
        new("a log without the metric", Log, 42, "user_id,arm,spend\nu,old,1\n", "metric 'mean:value' cannot be computed", "'spend'"),
        new("a log with a bad row", Log, 42, Table + "u,old,1\nv,new\n", "line 3", "2 values"),
        new("a log that is not UTF-8", Log, 42, FileContent.In(Encoding.Latin1, Table + "é,old,1\n"), "line 2: the text is not UTF-8"),
        new("a log with a column twice", Log, 42, "user_id,arm,value,value\nu,old,1,2\n", "column 'value'", "more than once"),
        new("a log of 100 years", Events, 42, Header + "u,old,1920-01-01,impression\nv,new,2024-01-01,impression\n", "days from the start", "A few wrong times"),
        new("a log of times that are none", "experiment analyze --unit user_id --time time --metric mean:value --log {file.csv}", 42, "user_id,arm,time,value\nu,old,2024-05-01T0105T23:30:00Z,1\n", "no row has a time that can be read", "line 2, column 'time'", "ISO 8601"),
        new("a log without times", Events, 42, "user_id,arm,event\nu,old,click\n", "no column 'time'"),
        new("a log that is cut off, compressed", "experiment analyze --unit user_id --metric mean:value --control old --log {file.csv.gz}", 42, FileContent.Compress(Table + "u,old,1\nv,new,2\n")[..^6], "the gzip file is damaged or ends too early"),
    ];
}
