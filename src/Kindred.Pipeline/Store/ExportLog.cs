using System.Globalization;
using System.Text.Json.Nodes;
using Kindred.Pipeline.Running;

namespace Kindred.Pipeline.Store;

/// <summary>The record of every list of users that was handed out: who, what, when, how many. It holds no user.</summary>
public static class ExportLog
{
    /// <summary>Records the lists of a version, once, before it can be seen.</summary>
    internal static void Record(RunStore store, RunVersion version, TimeProvider time)
    {
        if (RunLog.Lines(store.ExportLog).Any(line => line["version"]?.GetValue<int>() == version.Number && line["how"]?.GetValue<string>() == "run")) return;
        foreach (var unit in version.Units.Where(unit => unit.Lists is not null))
        {
            foreach (var target in unit.Targets.Where(target => target.Sizes.Count > 0))
            {
                Add(store, time, "run", version.Number, unit, target, target.Sizes[^1].Users, RunCommit.ListFile(unit, target.Country));
            }
        }
    }

    /// <summary>Records one list.</summary>
    internal static void Add(RunStore store, TimeProvider time, string how, int version, UnitResult unit, TargetResult target, long users, string file) =>
        RunLog.AppendLine(store.ExportLog, new JsonObject
        {
            ["when"] = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ["who"] = Environment.UserName,
            ["how"] = how,
            ["version"] = version,
            ["list"] = unit.List,
            ["owner"] = unit.Owner,
            ["country"] = target.Country,
            ["sizes"] = new JsonArray([.. target.Sizes.Select(size => (JsonNode)size.Size)]),
            ["users"] = users,
            ["file"] = file,
        });
}
