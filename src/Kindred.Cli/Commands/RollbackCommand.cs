using System.CommandLine;
using Kindred.App.DailyRuns;
using Kindred.Cli.Shell;
using Kindred.Pipeline.Store;
using Kindred.Reports;
using Kindred.Reports.DailyRuns;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred rollback</c>.</summary>
internal static class RollbackCommand
{
    private static readonly Argument<string?> Version =
        new("version") { Description = "Number of the version to publish again.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Reason =
        new("--reason") { Description = "Why, for the record: whoever meets the held store reads it.", HelpName = "TEXT" };
    private static readonly Option<bool> Lift = new("--lift") { Description = "Lift the hold, so that the next run publishes again." };

    public static Command Create()
    {
        var command = new Command("rollback",
            "Publishes a retained version again, in one step, and holds the store at it: `kindred run` is refused (exit code 75) until " +
            "`--lift`. Permanently deleted users stay deleted.\n\n" +
            "Examples:\n  kindred rollback 3 --store runs --reason wrong-seeds\n  kindred rollback --lift --store runs")
        {
            Version, Reason, Lift, StoreOptions.Store, StoreOptions.Wait, CommonOptions.Output, CommonOptions.Quiet,
        };
        command.SetAction(parsed =>
        {
            var run = CommandRun.Of(parsed);
            var (store, version, wait) = (parsed.GetValue(StoreOptions.Store)!, parsed.GetValue(Version), StoreOptions.WaitOf(parsed, run));
            var isJson = parsed.GetValue(CommonOptions.Output) == "json";
            if (parsed.GetValue(Lift))
            {
                if (version is not null) throw new UsageException("--lift takes no version: the published version stays until the next run.");
                CommonOptions.Refuse(parsed, [Reason], "--lift records nothing.");
                var lifted = RollBack.Lift(store, wait, run.Cancellation);
                if (isJson) JsonText.Write(run.Output, HoldJson.Of(lifted));
                else run.Output.WriteLine(lifted.WasHeld ? $"The store is no longer held{(lifted.Hold is { } hold ? $" at {hold.Description}" : "")}. The next run publishes again." : "The store was not held.");
                return ExitCode.Success;
            }

            var number = StoreOptions.Number(version ?? throw new UsageException("Name the version to publish again, or --lift the hold."));
            var rolledBack = RollBack.Run(new() { Store = store, Version = number, Reason = parsed.GetValue(Reason), Wait = wait },
                Environment.UserName, run.Cancellation);
            if (isJson) JsonText.Write(run.Output, HoldJson.Of(rolledBack));
            else run.Output.WriteLine($"Version {RunStore.Name(number)} is {(rolledBack.Before == number ? "already " : "")}published{(rolledBack.Before is { } old && old != number ? $" instead of {RunStore.Name(old)}" : "")}, and held: no run publishes another one until `kindred rollback --lift --store {store}`.");
            return ExitCode.Success;
        });
        return command;
    }
}
