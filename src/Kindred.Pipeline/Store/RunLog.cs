using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kindred.Data.Folders;
using Kindred.Pipeline.Planning;
using Kindred.Pipeline.Running;

namespace Kindred.Pipeline.Store;

/// <summary>What each run took: the only place of a store that knows clocks and machines.</summary>
internal static class RunLog
{
    public static void Add(RunStore store, TimeProvider time, TimeSpan took, RunOutcome outcome, IReadOnlyDictionary<string, double> seconds)
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
        Append(store.Log, [line]);
    }

    /// <summary>Records a run whose version was not published.</summary>
    public static void Refused(RunStore store, TimeProvider time, TimeSpan took, string reason) => Append(store.Log,
    [
        new JsonObject
        {
            ["ended"] = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ["machine"] = Environment.MachineName,
            ["refused"] = reason,
            ["seconds"] = Math.Round(took.TotalSeconds, 3),
        },
    ]);

    /// <summary>Adds lines to a record, on the disk when this returns.</summary>
    public static void Append(string path, IEnumerable<JsonObject> lines) => OutputErrors.Guard(path, () =>
    {
        using var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);

        // A line that was cut off by a crash does not spoil the next one.
        if (stream.Length > 0)
        {
            stream.Seek(-1, SeekOrigin.End);
            if (stream.ReadByte() != '\n') stream.WriteByte((byte)'\n');
        }

        foreach (var line in lines) stream.Write(Encoding.UTF8.GetBytes(line.ToJsonString() + "\n"));
        stream.Flush(flushToDisk: true);
    });

    /// <summary>The lines of a record that can be read; a last one that was cut off by a crash is left out.</summary>
    public static IEnumerable<JsonObject> Lines(string path)
    {
        if (!File.Exists(path)) yield break;
        foreach (var line in OutputErrors.Guard(path, () => File.ReadAllLines(path)))
        {
            JsonObject? json = null;
            try
            {
                json = StrictJson.Parse(Encoding.UTF8.GetBytes(line)) as JsonObject;
            }
            catch (JsonException)
            {
            }

            if (json is not null) yield return json;
        }
    }

    /// <summary>About how long a plan will take by the rates of earlier runs of this store; empty where there was none that says.</summary>
    public static string Estimate(RunStore store, RunPlan plan)
    {
        var train = plan.Train.Sum(task => task.Units.Count);

        // The run of most alike size: small ones are mostly start-up.
        var runs = Lines(store.Log).Select(line => (Trained: Number(line, "trained"), Seconds: Number(line, "seconds"))).Where(run => run.Trained > 0 && run.Seconds > 0).TakeLast(10).ToArray();
        if (runs.Length == 0 || train == 0) return "";
        var alike = runs.MinBy(run => Math.Abs(Math.Log(run.Trained / train)));
        var seconds = alike.Seconds * train / alike.Trained;
        return seconds < 90 ? FormattableString.Invariant($", about {Math.Max(1, seconds):N0} s by earlier runs") : FormattableString.Invariant($", about {seconds / 60:N0} min by earlier runs");
    }

    private static double Number(JsonObject line, string key) => line[key] is JsonValue value && value.TryGetValue<double>(out var number) ? number : 0;
}
