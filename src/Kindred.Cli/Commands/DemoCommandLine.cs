using System.CommandLine;
using System.Diagnostics;
using Kindred.Cli.Jobs;
using Kindred.Worlds;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred demo</c>.</summary>
internal static class DemoCommandLine
{
    private static readonly Option<string> Out = new("--out") { Description = "Folder to write to.", DefaultValueFactory = _ => "kindred-demo", HelpName = "DIR" };
    private static readonly Option<long> Users = CommonOptions.Number("--users", "Users of the world.", new WorldOptions().Users);
    private static readonly Option<int> SeedLists = CommonOptions.Number("--seed-lists", "Advertisers of the world.", new WorldOptions().SeedLists);

    public static Command Create()
    {
        var command = new Command("demo", "Makes a world, runs the whole path on it, and leaves population, models, audiences and a page to look at in ./kindred-demo.\n\n" +
            "Example:\n  kindred demo")
        {
            Out, Users, SeedLists, CommonOptions.Seed, CommonOptions.Threads, CommonOptions.Output, CommonOptions.Quiet,
        };
        command.SetAction(parsed => Execute(parsed, CommandRun.Of(parsed)));
        return command;
    }

    private static int Execute(ParseResult parsed, CommandRun run)
    {
        var watch = Stopwatch.StartNew();
        var screen = run.Screen(parsed);
        if (Directory.Exists(parsed.GetValue(Out))) screen.Note($"Replacing {parsed.GetValue(Out)}.");
        var result = DemoJob.Run(new DemoRequest
        {
            Out = parsed.GetValue(Out)!,
            // What an earlier demo left is its own to replace.
            Replace = true,
            Threads = CommonOptions.ThreadsOf(parsed),
            World = new WorldOptions { Users = parsed.GetValue(Users), SeedLists = parsed.GetValue(SeedLists), Seed = parsed.GetValue(CommonOptions.Seed) },
        }, screen, run.Cancellation);

        screen.Note($"Done in {watch.Elapsed.TotalSeconds:F0} s with {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:N0} MB of memory at most.");
        EvaluateCommand.Write(result.Quality, parsed.GetValue(CommonOptions.Output) == "json", run.Output);
        screen.Note($"\nOpen {result.Folder}/report.html to see what came out.");
        return ExitCode.Success;
    }
}
