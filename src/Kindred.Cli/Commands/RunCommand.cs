using System.CommandLine;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text.Json.Nodes;
using Kindred.App.DailyRuns;
using Kindred.Cli.Shell;
using Kindred.Cli.Terminal;
using Kindred.Pipeline.Running;
using Kindred.Pipeline.Store;
using Kindred.Reports;
using Kindred.Reports.DailyRuns;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred run</c>.</summary>
internal static class RunCommand
{
    private const int ListsShown = 10;

    private static readonly Argument<string[]> Settings = new("settings")
    {
        HelpName = "FILE",
        Description = "Settings files: YAML or JSON. Several files run one after the other; a failing one does not stop the rest.",
        Arity = ArgumentArity.OneOrMore,
    };
    private static readonly Option<string?> Date =
        new("--date") { Description = "The day to apply schedules for, as in 2026-11-30. Default: today.", HelpName = "DAY" };

    private static readonly Option<bool> PlanOnly =
        new("--plan-only") { Description = "Plan the run for `kindred worker` without running it." };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "The same as --plan-only." };

    private static readonly Option<bool> AcceptLosses = new("--accept-losses")
    {
        Description = "Publish this time even if more audiences are lost than 'minimum_kept' in the settings allows.",
    };

    private static readonly Option<bool> AllowMissing = new("--allow-missing")
    {
        Description = "End with exit code 0 even if a requested audience could not be made; by default that is exit code 44.",
    };

    public static Command Create()
    {
        var command = new Command("run", "Brings audiences up to date: finds what has changed, recomputes only that, and publishes a " +
            "new version atomically. After an interruption, the same command continues.\n\n" +
            "Examples:\n  kindred generate --out world && kindred run world/run.yaml\n  kindred run run.yaml --date 2026-11-30 --output " +
                "json")
        {
            Settings, Date, PlanOnly, DryRun, AcceptLosses, AllowMissing, StoreOptions.Wait, CommonOptions.Threads, CommonOptions.Output, CommonOptions.Quiet,
        };
        command.SetAction(parsed =>
        {
            var run = CommandRun.Of(parsed);
            var day = DayOf(parsed);
            var planOnly = parsed.GetValue(PlanOnly) || parsed.GetValue(DryRun);
            if (planOnly) CommonOptions.Refuse(parsed, [AcceptLosses, AllowMissing], "--plan-only publishes nothing.");
            IOException? unread = null;
            var code = ExitCode.Success;
            var failed = new List<KindredException>();
            foreach (var settings in parsed.GetValue(Settings)!)
            {
                try
                {
                    if (planOnly) Plan(settings, day, parsed, run);
                    else if (!Run(settings, day, parsed, run)) code = ExitCode.MissingAudience;
                }
                catch (IOException error)
                {
                    // A closed pipe must not stop the remaining settings.
                    unread = error;
                }
                catch (KindredException error)
                {
                    // One failing settings file must not stop the others.
                    failed.Add(error);
                }
            }

            if (failed.Count == 1) ExceptionDispatchInfo.Throw(failed[0]);
            if (failed.Count > 1)
            {
                throw new KindredException(failed[0].Kind, "several_errors", string.Join(" ", failed.Select(NextSteps.Message)), "",
                    failed[0]);
            }

            if (unread is not null) ExceptionDispatchInfo.Throw(unread);

            return code;
        });
        return command;
    }

    /// <summary>Runs; returns false if a requested audience is missing and must not be.</summary>
    private static bool Run(string file, DateOnly? day, ParseResult parsed, CommandRun run)
    {
        var outcome = RunDaily.Run(Request(file, day, parsed), run.Screen(parsed), run.Cancellation);
        if (parsed.GetValue(CommonOptions.Output) == "json") JsonText.Write(run.Output, RunJson.Of(outcome));
        else Write(outcome, run.Output);
        return WriteMissing(outcome.Version, parsed, run);
    }

    private static void Plan(string file, DateOnly? day, ParseResult parsed, CommandRun run)
    {
        var (plan, stages) = RunDaily.Plan(Request(file, day, parsed), run.Screen(parsed), run.Cancellation);
        if (parsed.GetValue(CommonOptions.Output) == "json")
        {
            JsonText.Write(run.Output, new JsonObject { ["plan"] = plan, ["stages"] = new JsonArray([.. stages.Select(stage => new JsonObject { ["stage"] = stage.Stage, ["tasks"] = stage.Tasks })]) });
            return;
        }

        run.Output.WriteLine($"Plan in {plan}:");
        TextTable.Write(run.Output, ["stage", "tasks"], stages.Select(stage => (string[])[stage.Stage, TextTable.Count(stage.Tasks)]));
    }

    private static DailyRunRequest Request(string file, DateOnly? day, ParseResult parsed) =>
        new()
        {
            Settings = file,
            Day = day,
            AcceptLosses = parsed.GetValue(AcceptLosses),
            Wait = StoreOptions.WaitOf(parsed, CommandRun.Of(parsed)),
            Threads = CommonOptions.ThreadsOf(parsed),
        };

    private static DateOnly? DayOf(ParseResult parsed)
    {
        if (parsed.GetValue(Date) is not { } text) return null;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
            : throw new UsageException($"--date is '{text}'; a day is needed, as in --date 2026-11-30.");
    }

    private static void Write(RunOutcome outcome, TextWriter output)
    {
        var version = outcome.Version;
        var audiences = version.Units.Sum(unit => unit.Targets.Sum(target => target.Sizes.Count));
        output.WriteLine(outcome.IsNew
            ? FormattableString.Invariant($"Version {RunStore.Name(version.Number)}: {audiences:N0} audiences of {Figure.SeedLists(version.Units.Select(unit => unit.List).Distinct().Count())}; {outcome.Trained:N0} {(outcome.Trained == 1 ? "model" : "models")} trained, {outcome.WarmStarted:N0} from {(outcome.WarmStarted == 1 ? "its previous one" : "their previous ones")}.")
            : FormattableString.Invariant(
                $"Nothing has changed: version {RunStore.Name(version.Number)} with {audiences:N0} audiences stays."));
    }

    private static bool WriteMissing(RunVersion version, ParseResult parsed, CommandRun run)
    {
        var (missing, allowed) = (Rejections.Of(version).ToArray(), parsed.GetValue(AllowMissing));
        if (missing.Length == 0 || (allowed && parsed.GetValue(CommonOptions.Quiet))) return true;
        run.Error.WriteLine(FormattableString.Invariant($"{(allowed ? "V" : "kindred: v")}ersion {RunStore.Name(version.Number)} is published, but {missing.Length:N0} {(missing.Length == 1 ? "list or country lacks" : "lists or countries lack")} a requested audience:"));
        foreach (var line in Rejections.Lines(missing, ListsShown)) run.Error.WriteLine($"  {line}");
        if (missing.Length > ListsShown) run.Error.WriteLine("  `kindred runs show --output json` has all.");
        if (!allowed) run.Error.WriteLine("If that is intended, --allow-missing accepts it.");
        return allowed;
    }
}
