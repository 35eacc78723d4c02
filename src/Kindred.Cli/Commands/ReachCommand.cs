using System.CommandLine;
using Kindred.App.Evaluation;
using Kindred.Cli.Shell;
using Kindred.Cli.Terminal;
using Kindred.Evaluation;
using Kindred.Reports;
using Kindred.Reports.Reach;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred reach</c>.</summary>
internal static class ReachCommand
{
    private static readonly Option<string?> Out =
        new("--out") { Description = "Folder for a report page and its figures as JSON. Default: standard output only.", HelpName = "DIR" };
    private static readonly Option<int> Folds =
        CommonOptions.Number("--folds", "Number of folds: each fold is searched with a model trained on the others.",
            new ReachOptions().Folds);

    // The sizes that fit on a terminal.
    private static readonly double[] Shown = [0.01, 0.05, 0.10, 0.20];

    public static Command Create()
    {
        var command = new Command("reach",
            "Shows the recall and precision to expect at every audience size from 0.1% to 20% of the population.\n\n" +
            "Examples:\n  kindred reach --population population --seeds seeds.csv --out reach\n" +
            "  kindred reach --population population --seeds seeds.csv --seed-list acme --country HU --method ridge --output json")
        {
            CommonOptions.Population, Out, Folds, CommonOptions.Country, CommonOptions.Seed,
            CommonOptions.Threads, CommonOptions.Replace, CommonOptions.Output, SettingsOption.Settings, CommonOptions.Quiet,
        };
        foreach (var option in CommonOptions.OfSeeds.Concat(CommonOptions.OfMethod)) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            var run = CommandRun.Of(parsed);
            var request = Request(parsed);
            using var folder = parsed.GetValue(Out) is { } path
                ? ReportFolder.Create(path, parsed.GetValue(CommonOptions.Replace), ReachReport.Format)
                : null;
            var result = MeasureReach.Run(request, run.Screen(parsed), run.Cancellation);
            folder?.Commit(ReachReport.Render(result), ReachJson.Of(result));
            if (parsed.GetValue(CommonOptions.Output) == "json") JsonText.Write(run.Output, ReachJson.Of(result));
            else WriteText(result, parsed.GetValue(Out), run.Output);
            return ExitCode.Success;
        });
        return command;
    }

    private static ReachRequest Request(ParseResult parsed)
    {
        if (parsed.GetValue(Out) is null) CommonOptions.Refuse(parsed, [CommonOptions.Replace], "it needs --out.");
        var options = new ReachOptions
        {
            Folds = parsed.GetValue(Folds),
            Country = parsed.GetValue(CommonOptions.Country),
            Seed = parsed.GetValue(CommonOptions.Seed),
            Threads = CommonOptions.ThreadsOf(parsed),
        };
        OptionsValidation.Require(options);
        return new ReachRequest
        {
            Population = parsed.GetValue(CommonOptions.Population)!,
            Seeds = CommonOptions.SeedRequest(parsed),
            Method = CommonOptions.MethodRequest(parsed),
            Reach = options,
        };
    }

    private static void WriteText(ReachResult result, string? folder, TextWriter output)
    {
        output.WriteLine(FormattableString.Invariant($"{Figure.SeedLists(result.Curves.Count)}{(result.Country is null ? "" : " in " + result.Country)}, method {result.Method}, {result.Folds} folds: every seed was searched with a model that had not seen it."));
        output.WriteLine();
        TextTable.WriteLists(output,
            ["seed list", "seeds", "size", "users", "recall", "95% band", "precision", "lift", "lift at margin", "percentile"],
            result.Curves, curve => Shown.Select(curve.At).Distinct().Select((point, i) => (string[])
            [
                i == 0 ? curve.SeedListId : "", i == 0 ? TextTable.Count(curve.Seeds) : "", Figure.ShortPercent(point.Share),
                TextTable.Count(point.Users),
                Figure.Fixed(point.Recall, 3), $"{Figure.Fixed(point.RecallLow, 3)}–{Figure.Fixed(point.RecallHigh, 3)}",
                Figure.Fixed(point.Precision, 3),
                Figure.Fixed(point.Lift, 1), Figure.Fixed(point.SmoothMarginalLift, 1), Figure.Fixed(point.ThresholdPercentile, 2),
            ]));
        output.WriteLine();
        WriteRecommended(result, output);
        output.WriteLine();
        output.WriteLine("Recall: the share of the seeds that an audience of this size finds. Lift: how many times as many as a random");
        output.WriteLine(
            "audience; at the margin: among the last users admitted. Lift and percentile mean the same for every list; scores do not.");
        if (folder is null) return;
        output.WriteLine();
        output.WriteLine($"Open {Path.Combine(folder, ReportFolder.PageName)} to see every curve.");
    }

    private static void WriteRecommended(ReachResult result, TextWriter output)
    {
        string[] header = ["seed list", "recommended size", "users", "recall", "lift at margin", "reason"];
        TextTable.WriteLists(output, header, result.Curves, curve =>
        {
            var recommended = ReachRecommendation.Of(curve);
            var point = recommended.Point;
            return
            [[
                curve.SeedListId, point is null ? Figure.None : Figure.ShortPercent(point.Share),
                point is null ? Figure.None : TextTable.Count(point.Users), Figure.Fixed(point?.Recall ?? double.NaN, 3),
                Figure.Fixed(point?.SmoothMarginalLift ?? double.NaN, 1), ReachWords.Note(recommended),
            ]];
        });
        output.WriteLine($"Recommended size: {char.ToLowerInvariant(ReachWords.Rule[0])}{ReachWords.Rule[1..]}");
    }
}
