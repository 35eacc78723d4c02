using System.Globalization;
using System.Text.Json.Nodes;

namespace Kindred.Pipeline.Store;

/// <summary>The record of every published list of users: owner, list, time and count. It contains no user ids.</summary>
internal static class ExportLog
{
    /// <summary>Records the lists of a version once, before it becomes visible.</summary>
    internal static void Record(RunStore store, RunVersion version, TimeProvider time)
    {
        // Checked list by list, because a killed run may have recorded some of them.
        var number = version.Number.ToString(CultureInfo.InvariantCulture);
        var recorded =
            JsonRecord.Lines(store.ExportLog).Where(line => line["version"]?.ToString() == number && line["how"]?.ToString() == "run")
            .Select(line => line["file"]?.ToString()).ToHashSet(StringComparer.Ordinal);
        JsonRecord.Append(store.ExportLog,
        [
            .. version.Units.Where(unit => unit.Lists is not null)
                .SelectMany(unit => unit.Targets.Where(target => target.Sizes.Count > 0)
                    .Select(target => (Unit: unit, Target: target, File: ListFiles.PathOf(unit, target))))
                .Where(list => !recorded.Contains(list.File))
                .Select(list => Line(time, "run", version.Number, list.Unit, list.Target, list.Target.Sizes[^1].Users, list.File)),
        ]);
    }

    private static JsonObject Line(TimeProvider time, string how, int version, UnitResult unit, TargetResult target, long users,
        string file) => new()
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

            // A sampled size is an expectation, and a carried-over size counts the users of an earlier day.
            ["exact"] = !unit.NotDue && target.Sizes[^1].Low is null,
            ["file"] = file,
        };
}
