using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Kindred.App.DailyRuns;
using Kindred.Cli.Shell;
using Kindred.Cli.Terminal;
using Kindred.Pipeline.Store;
using Kindred.Reports;
using Kindred.Reports.DailyRuns;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred runs</c> and <c>kindred runs show</c>.</summary>
internal static class RunsCommand
{
    private static readonly Argument<string?> Version =
        new("version") { Description = "Number of a version. Default: the current one.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> List = new("--list") { Description = "Only this seed list.", HelpName = "ID" };
    private static readonly Option<string?> Owner = new("--owner")
    {
        Description = "Only this owner's lists, as the owner may see them: counts of people are rounded, and small counts are hidden.",
        HelpName = "NAME",
    };

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "Folder for a page of the version and its figures as JSON. Default: standard output only.",
        HelpName = "DIR",
    };

    public static Command Create()
    {
        var show = new Command("show",
            "Shows what a version publishes: audiences with their sizes and thresholds, and lists without an audience. With --out, also " +
            "writes a page that shows what has changed since the version before.\n\n" +
            "Examples:\n  kindred runs show --store runs\n  kindred runs show 3 --owner acme --output json\n" +
            "  kindred runs show --store runs --out page")
        {
            Version, StoreOptions.Store, List, Owner, Out, CommonOptions.ShowIds, CommonOptions.Replace, CommonOptions.Output,
        };
        show.SetAction(parsed => Show(parsed, CommandRun.Of(parsed)));
        var command = new Command("runs", "Lists the versions of a daily run; `kindred runs show` shows what one of them publishes.\n\n" +
            "Examples:\n  kindred runs --store runs\n  kindred runs show 3 --store runs")
        {
            StoreOptions.Store, CommonOptions.Output, show,
        };
        command.SetAction(parsed => ListAll(parsed, CommandRun.Of(parsed)));
        return command;
    }

    private static int ListAll(ParseResult parsed, CommandRun run)
    {
        var store = StoreOptions.Open(parsed);
        KindredException? damaged = null;
        var hold = Held(store, ref damaged);
        var (current, versions) = store.Read(() => (store.Current,
            store.Versions().Select(number => (Number: number, Content: ManifestOf(store, number, ref damaged))).ToArray()));
        if (parsed.GetValue(CommonOptions.Output) == "json")
        {
            JsonText.Write(run.Output, new JsonObject
            {
                ["store"] = store.Folder,
                ["current"] = current,
                ["held"] = hold?.ToJson(),
                ["versions"] = new JsonArray([.. versions.Select(version => new JsonObject
                {
                    ["version"] = version.Number,
                    ["damaged"] = version.Content.Count == 0,
                    ["lists"] = version.Content["lists"]?.DeepClone(),
                    ["audiences"] = version.Content["audiences"]?.DeepClone(),
                    ["rejected"] = version.Content["rejected"]?.DeepClone(),
                    ["population_version"] = version.Content["populationVersion"]?.DeepClone(),
                })]),
            });
            return damaged is null ? ExitCode.Success : throw damaged;
        }

        TextTable.Write(run.Output, ["version", "lists", "audiences", "rejected", "population", ""], versions.Select(version => (string[])
        [
            RunStore.Name(version.Number), Text(version.Content, "lists"), Text(version.Content, "audiences"),
            Text(version.Content, "rejected"),
            Text(version.Content, "populationVersion"),
            (version.Number == current ? "current" : "") + (version.Content.Count == 0 ? " damaged" : ""),
        ]));
        if (hold is not null) run.Output.WriteLine($"Held at {hold.Description}. No run publishes until `kindred rollback --lift --store {parsed.GetValue(StoreOptions.Store)}`.");
        return damaged is null ? ExitCode.Success : throw damaged;
    }

    private static StoreHold? Held(RunStore store, ref KindredException? damaged)
    {
        try
        {
            return StoreHold.Of(store);
        }
        catch (KindredException error) when (error.Kind == ErrorKind.Corrupt)
        {
            damaged = error;
            return null;
        }
    }

    /// <summary>The content of a version's manifest; empty if it is damaged, so that the other versions are still listed.</summary>
    private static JsonObject ManifestOf(RunStore store, int number, ref KindredException? damaged)
    {
        try
        {
            return RunVersion.ReadManifest(store, number).Content;
        }
        catch (KindredException error) when (error.Kind == ErrorKind.Corrupt && Directory.Exists(store.VersionFolder(number)))
        {
            damaged ??= error;
            return [];
        }
    }

    private static string Text(JsonObject content, string key) => content[key] is not JsonValue value ? ""
        : value.TryGetValue<long>(out var number) ? TextTable.Count(number) : value.ToString()[..8];

    private static int Show(ParseResult parsed, CommandRun run)
    {
        if (parsed.GetValue(Out) is null) CommonOptions.Refuse(parsed, [CommonOptions.Replace], "it needs --out.");
        var store = StoreOptions.Open(parsed);
        var number = StoreOptions.NumberOrCurrent(store, parsed.GetValue(Version));
        var (list, owner) = (parsed.GetValue(List), parsed.GetValue(Owner));
        var version = store.Read(() => RunVersion.Read(store, number));
        UnitResult[] units =
            [.. version.Units.Where(unit => (list is null || unit.List == list) && (owner is null || unit.Owner == owner))];
        if (units.Length == 0)
        {
            var named = $"{(list is null ? "" : $" '{list}'")}{(owner is null ? "" : $" of owner '{owner}'")}";
            throw new KindredException(ErrorKind.BadInput, "seed_list_unknown",
                $"Version {RunStore.Name(version.Number)} has no seed list{named}.",
                "`kindred runs show` without these options lists all.");
        }

        if (parsed.GetValue(Out) is { } page)
        {
            var request = new DescribeVersionRequest { Store = store.Folder, Version = number, Owner = owner, List = list };
            WritePage(page, parsed.GetValue(CommonOptions.Replace), request);
        }

        // What owners see of their lists must not reveal single users.
        var counts = new ShownCounts(owner is null ? null : version.SuppressBelow);
        var withIds = parsed.GetValue(CommonOptions.ShowIds) && !counts.ForOwner;
        if (parsed.GetValue(CommonOptions.Output) == "json") JsonText.Write(run.Output, VersionJson.Of(version, units, counts, withIds));
        else Write(store, version, units, counts, withIds, run.Output, parsed.GetValue(Out));
        return ExitCode.Success;
    }

    private static void WritePage(string path, bool replace, DescribeVersionRequest request)
    {
        using var folder = ReportFolder.Create(path, replace, VersionReport.Format);
        var described = DescribeVersion.Run(request);
        folder.Commit(VersionReport.Render(described), VersionReport.Figures(described));
    }

    private static void Write(
        RunStore store, RunVersion version, UnitResult[] units, ShownCounts counts, bool withIds, TextWriter output, string? page)
    {
        output.WriteLine(FormattableString.Invariant($"Version {RunStore.Name(version.Number)} in {store.VersionFolder(version.Number)}, population {version.PopulationVersion[..8]}:"));
        output.WriteLine();
        TextTable.WriteLists(output, ["seed list", "owner", "country", "size", "users", "candidates", "seeds", "threshold", "method", .. withIds ? ["last user"] : Array.Empty<string>()],
            units, unit => unit.Targets.SelectMany(target => target.Sizes.Select(size => (string[])
        [
            unit.List, unit.Owner, target.Country ?? "", size.Size,
            counts.Text(size.Users) + (size.Low is { } low ? FormattableString.Invariant($" ({low:N0}–{size.High:N0})") : ""),
            counts.Text(target.Candidates), counts.Text(unit.Matched), size.Score.ToString("F4", CultureInfo.InvariantCulture),
            unit.Method + (unit.NotDue ? ", not due" : ""), .. withIds ? [size.LastUserId] : Array.Empty<string>(),
        ])));
        if (counts.ForOwner)
        {
            output.WriteLine();
            output.WriteLine("Counts of people are rounded to tens.");
        }

        foreach (var (list, country, reason) in counts.Reasons(version with { Units = units }))
        {
            output.WriteLine($"{list}{(country is null ? "" : $" in {country}")}: {reason}");
        }

        if (version.Paused.Count > 0 && units.Length == version.Units.Count && !counts.ForOwner)
        {
            output.WriteLine(FormattableString.Invariant($"{version.Paused.Count:N0} lists are paused."));
        }

        if (page is null) return;
        output.WriteLine();
        output.WriteLine($"Open {Path.Combine(page, ReportFolder.PageName)} to see what has changed.");
    }
}
