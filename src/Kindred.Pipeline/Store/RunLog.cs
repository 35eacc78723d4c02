using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
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
        AppendLine(store.Log, line);
    }

    /// <summary>Adds a line to a record, on the disk when this returns.</summary>
    public static void AppendLine(string path, JsonObject line)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
            stream.Write(Encoding.UTF8.GetBytes(line.ToJsonString() + "\n"));
            stream.Flush(flushToDisk: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new KindredException(ErrorKind.Output, $"{path} cannot be written: {error.Message.TrimEnd('.')}. Check that you may write there, and that the disk has room.", error);
        }
    }

    /// <summary>The lines of a record that can be read; a last one that was cut off by a crash is left out.</summary>
    public static IEnumerable<JsonObject> Lines(string path)
    {
        if (!File.Exists(path)) yield break;
        foreach (var line in File.ReadLines(path))
        {
            JsonObject? json = null;
            try
            {
                json = JsonNode.Parse(line) as JsonObject;
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
        var alike = Lines(store.Log).Where(line => line["trained"]?.GetValue<int>() > 0 && line["seconds"]?.GetValue<double>() > 0)
            .TakeLast(10).MinBy(line => Math.Abs(Math.Log((double)line["trained"]!.GetValue<int>() / Math.Max(1, train))));
        if (alike is null || train == 0) return "";
        var seconds = alike["seconds"]!.GetValue<double>() * train / alike["trained"]!.GetValue<int>();
        return seconds < 90 ? FormattableString.Invariant($", about {Math.Max(1, seconds):N0} s by earlier runs") : FormattableString.Invariant($", about {seconds / 60:N0} min by earlier runs");
    }
}
