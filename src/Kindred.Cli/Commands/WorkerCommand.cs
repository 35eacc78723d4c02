using System.CommandLine;
using System.Globalization;
using Kindred.Cli.Shell;
using Kindred.Pipeline.Running;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred worker</c>.</summary>
internal static class WorkerCommand
{
    private static readonly Option<string> Plan =
        new("--plan") { Description = "The plan that `kindred run --plan-only` wrote.", Required = true, HelpName = "FILE" };
    private static readonly Option<string> Stage =
        CommonOptions.Among(new Option<string>("--stage") { Description = "The stage. Stages run in this order.", Required = true },
            [.. Worker.Stages]);
    private static readonly Option<int?> Index = new("--index")
    {
        Description = "Zero-based index of the task in its stage. Default: JOB_COMPLETION_INDEX or SLURM_ARRAY_TASK_ID.",
        HelpName = "N",
    };

    public static Command Create()
    {
        var command = new Command("worker",
            "Runs one task of a planned run, for engines that run many tasks in parallel. A task whose output exists is already done.\n\n" +
            "Examples:\n  kindred worker --store runs --plan runs/plans/0123.json --stage score --index 5\n  SLURM_ARRAY_TASK_ID=5 " +
                "kindred worker --store runs --plan runs/plans/0123.json --stage score")
        {
            Plan, Stage, Index, StoreOptions.Store, CommonOptions.Threads,
        };
        command.SetAction(parsed =>
        {
            var run = CommandRun.Of(parsed);
            var (output, made) =
                Worker.Run(StoreOptions.Open(parsed), parsed.GetValue(Plan)!, parsed.GetValue(Stage)!, IndexOf(parsed),
                    CommonOptions.ThreadsOf(parsed), run.Cancellation);
            run.Output.WriteLine(made ? $"{output} is done." : $"{output} was already done.");
            return ExitCode.Success;
        });
        return command;
    }

    private static int IndexOf(ParseResult parsed)
    {
        if (parsed.GetValue(Index) is { } given) return given;
        var text = Environment.GetEnvironmentVariable("JOB_COMPLETION_INDEX") ?? Environment.GetEnvironmentVariable("SLURM_ARRAY_TASK_ID");
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index
            : throw new UsageException("The task is missing. Give --index N, or set JOB_COMPLETION_INDEX or SLURM_ARRAY_TASK_ID.");
    }
}
