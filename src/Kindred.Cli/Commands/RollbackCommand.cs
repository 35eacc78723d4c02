using System.CommandLine;
using System.Text.Json.Nodes;
using Kindred.Cli.Terminal;
using Kindred.Pipeline.Running;
using Kindred.Pipeline.Store;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred rollback</c>.</summary>
internal static class RollbackCommand
{
    private static readonly Argument<string> Version = new("version") { Description = "Number of the version to publish again." };

    public static Command Create()
    {
        var command = new Command("rollback", "Publishes a retained version again, in one step. Users who were forgotten since stay forgotten.\n\n" +
            "Examples:\n  kindred rollback 3 --store runs\n  kindred rollback 000003 --store runs --output json")
        {
            Version, StoreOptions.Store, CommonOptions.Output,
        };
        command.SetAction(parsed =>
        {
            var run = CommandRun.Of(parsed);
            var store = StoreOptions.Open(parsed);
            var (number, before) = (StoreOptions.Number(parsed.GetValue(Version)!), Before(store));
            VersionSwitch.To(store, number, run.Cancellation);
            if (parsed.GetValue(CommonOptions.Output) == "json") JsonText.Write(run.Output, new JsonObject { ["current"] = number, ["before"] = before });
            else run.Output.WriteLine(before == number ? $"Version {RunStore.Name(number)} is published already." : $"Version {RunStore.Name(number)} is published{(before is { } old ? $" instead of {RunStore.Name(old)}" : "")}.");
            return ExitCode.Success;
        });
        return command;
    }

    // What says it may be damaged, and this is how it is mended.
    private static int? Before(RunStore store)
    {
        try
        {
            return store.Current;
        }
        catch (KindredException error) when (error.Kind == ErrorKind.Corrupt)
        {
            return null;
        }
    }
}
