using System.CommandLine;
using Kindred.App.Experiments;
using Kindred.Cli.Shell;
using Kindred.Cli.Texts;
using Kindred.Reports;
using Kindred.Reports.Experiment;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred experiment analyze</c>.</summary>
internal static class ExperimentAnalyzeCommand
{
    private static readonly Option<string?> Out =
        new("--out") { Description = "Folder for a report page and its figures as JSON. Default: standard output only.", HelpName = "DIR" };

    public static Command Create()
    {
        var command = new Command("analyze",
            "Analyses the log of an A/B test: whether the test can be trusted, then the effect on each metric.\n\n" +
            "Examples:\n  kindred experiment analyze --log users.csv --arm segment --control none --metric mean:visit --metric " +
                "mean:spend\n" +
            "  kindred experiment analyze --log log.parquet --unit user_id --time time --event event --arm arm --control blended " +
                "--metric ctr=ratio:click/impression hides=ratio:hide/impression --lower hides --guardrail hides=0.02 --out report\n" +
            "  kindred experiment analyze --settings experiment.yaml --output json")
        {
            Out, CommonOptions.Threads, CommonOptions.Replace, CommonOptions.Output, CommonOptions.Quiet,
        };
        foreach (var option in ExperimentOptions.All) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            var run = CommandRun.Of(parsed);
            var request = Request(parsed);
            using var folder = parsed.GetValue(Out) is { } path
                ? ReportFolder.Create(path, parsed.GetValue(CommonOptions.Replace), ExperimentReport.Format)
                : null;
            var result = AnalyzeExperiment.Run(request, run.Screen(parsed), run.Cancellation);
            folder?.Commit(ExperimentReport.Render(result), ExperimentJson.Of(result));
            if (parsed.GetValue(CommonOptions.Output) == "json") JsonText.Write(run.Output, ExperimentJson.Of(result));
            else ExperimentText.Write(run.Output, result, parsed.GetValue(Out));
            return ExitCode.Success;
        });
        return command;
    }

    private static AnalyzeExperimentRequest Request(ParseResult parsed)
    {
        if (parsed.GetValue(Out) is null) CommonOptions.Refuse(parsed, [CommonOptions.Replace], "it needs --out.");
        return ExperimentOptions.Read(parsed);
    }
}
