using System.CommandLine;
using System.Diagnostics;
using Kindred.App.Demo;
using Kindred.Cli.Shell;
using Kindred.Data.Folders;
using Kindred.Reports.Demo;
using Kindred.Worlds;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred demo</c>.</summary>
internal static class DemoCommand
{
    private static readonly Option<string> Out =
        new("--out") { Description = "Folder to write to.", DefaultValueFactory = _ => "kindred-demo", HelpName = "DIR" };
    private static readonly Option<long> Users = CommonOptions.Number("--users", "Users of the world.", new WorldOptions().Users);
    private static readonly Option<int> SeedLists =
        CommonOptions.Number("--seed-lists", "Advertisers of the world.", new WorldOptions().SeedLists);

    private const string PageFile = "report.html";

    public static Command Create()
    {
        var command = new Command("demo",
            "Runs all steps on a generated world and writes a population, models, audiences and a report page to ./kindred-demo.\n\n" +
            "Example:\n  kindred demo")
        {
            Out, Users, SeedLists, CommonOptions.Replace, CommonOptions.Seed, CommonOptions.Threads, CommonOptions.Output, CommonOptions.Quiet,
        };
        command.SetAction(parsed => Execute(parsed, CommandRun.Of(parsed)));
        return command;
    }

    private static int Execute(ParseResult parsed, CommandRun run)
    {
        var watch = Stopwatch.StartNew();
        var screen = run.Screen(parsed);
        var result = RunDemo.Run(new DemoRequest
        {
            Out = parsed.GetValue(Out)!,
            Replace = parsed.GetValue(CommonOptions.Replace),
            Threads = CommonOptions.ThreadsOf(parsed),
            World = new WorldOptions
            {
                Users = parsed.GetValue(Users),
                SeedLists = parsed.GetValue(SeedLists),
                Seed = parsed.GetValue(CommonOptions.Seed)
            },
            AddFiles = (folder, made) => OutputFile.Write(Path.Combine(folder, PageFile),
                DemoReport.Render(DemoReportModel.Of(made, Steps(made.Folder)))),
        }, screen, run.Cancellation);

        screen.Note($"Done in {watch.Elapsed.TotalSeconds:F0} s with a memory peak of {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:N0} MB.");
        EvaluateCommand.Write(result.Quality, parsed.GetValue(CommonOptions.Output) == "json", run.Output);
        screen.Note($"");
        screen.Note($"Open {result.Folder}/{PageFile} to see the results.");
        return ExitCode.Success;
    }

    private static DemoStep[] Steps(string folder) =>
    [
        new("Make a population from your own interactions (CSV, gzip CSV or Parquet with user_id and item_id) and, if you have them, " +
            "users.",
            "./kindred embed --interactions interactions.csv --users users.csv --out population"),
        new("Measure how well the model finds your held-out seeds, before you spend anything on the audience.",
            "./kindred evaluate --population population --seeds seeds.csv"),
        new("Train one model per seed list, and select audiences of two sizes in one country.",
            "./kindred train --population population --seeds seeds.csv --out models\n./kindred expand --population population --models " +
                "models --size 1% --size 5% --country HU --out audiences"),
        new("Look at the files of this demo.", $"ls {folder}/population {folder}/models {folder}/audiences"),
    ];
}
