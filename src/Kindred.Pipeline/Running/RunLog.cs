using System.Globalization;
using System.Text.Json.Nodes;
using Kindred.Pipeline.Planning;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Running;

/// <summary>The time and machine of each run: the only part of a store that depends on them.</summary>
internal static class RunLog
{
    public static void Add(RunStore store, TimeProvider time, TimeSpan took, RunOutcome outcome,
        IReadOnlyDictionary<string, double> seconds)
    {
        var line = new JsonObject
        {
            ["ended"] = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ["machine"] = Environment.MachineName,
            ["version"] = outcome.Version.Number,
            ["new"] = outcome.IsNew,
            ["seconds"] = Math.Round(took.TotalSeconds, 3),
            ["models"] = outcome.Version.Units.Count,
            ["trained"] = outcome.Trained,
            ["warmStarted"] = outcome.WarmStarted,
            ["thresholded"] = outcome.Thresholded,
            ["tasks"] = outcome.Tasks,
            ["tasksRun"] = outcome.TasksRun,
            ["users"] = outcome.Version.Countries.Sum(country => country.Users),
            ["stages"] = new JsonObject(seconds.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Math.Round(pair.Value, 3)))),
        };
        JsonRecord.Append(store.Log, [line]);
    }

    /// <summary>Records a run whose version was not published.</summary>
    public static void Refused(RunStore store, TimeProvider time, TimeSpan took, string reason) => JsonRecord.Append(store.Log,
    [
        new JsonObject
        {
            ["ended"] = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ["machine"] = Environment.MachineName,
            ["refused"] = reason,
            ["seconds"] = Math.Round(took.TotalSeconds, 3),
        },
    ]);

    /// <summary>Estimates the duration of a plan from the rates of earlier runs of this store; empty if none tells.</summary>
    public static string Estimate(RunStore store, RunPlan plan)
    {
        var train = plan.Train.Sum(task => task.Units.Count);

        // The run with the most similar size, because small runs are mostly start-up.
        var runs = JsonRecord.Lines(store.Log).Select(line => (Trained: Number(line, "trained"), Seconds: Number(line, "seconds")))
            .Where(run => run.Trained > 0 && run.Seconds > 0).TakeLast(10).ToArray();
        if (runs.Length == 0 || train == 0) return "";
        var alike = runs.MinBy(run => Math.Abs(Math.Log(run.Trained / train)));
        var seconds = alike.Seconds * train / alike.Trained;
        return seconds < 90
            ? FormattableString.Invariant($", about {Math.Max(1, seconds):N0} s by earlier runs")
            : FormattableString.Invariant($", about {seconds / 60:N0} min by earlier runs");
    }

    private static double Number(JsonObject line, string key) =>
        line[key] is JsonValue value && value.TryGetValue<double>(out var number) ? number : 0;
}
