using System.CommandLine;
using System.Text.Json.Nodes;
using Kindred.App.DailyRuns;
using Kindred.Cli.Shell;
using Kindred.Pipeline.Store;
using Kindred.Reports;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred rollback</c>.</summary>
internal static class RollbackCommand
{
    private static readonly Argument<string> Version = new("version") { Description = "Number of the version to publish again." };

    public static Command Create()
    {
        var command = new Command("rollback",
            "Publishes a retained version again, in one step. Permanently deleted users stay deleted.\n\n" +
            "Examples:\n  kindred rollback 3 --store runs\n  kindred rollback 000003 --store runs --output json")
        {
            Version, StoreOptions.Store, CommonOptions.Output,
        };
        command.SetAction(parsed =>
        {
            var run = CommandRun.Of(parsed);
            var (number, before) =
                RollBack.Run(parsed.GetValue(StoreOptions.Store)!, StoreOptions.Number(parsed.GetValue(Version)!), run.Cancellation);
            if (parsed.GetValue(CommonOptions.Output) == "json")
            {
                JsonText.Write(run.Output, new JsonObject { ["current"] = number, ["before"] = before });
            }
            else run.Output.WriteLine(before == number ? $"Version {RunStore.Name(number)} is already published." : $"Version {RunStore.Name(number)} is published{(before is { } old ? $" instead of {RunStore.Name(old)}" : "")}.");
            return ExitCode.Success;
        });
        return command;
    }
}
