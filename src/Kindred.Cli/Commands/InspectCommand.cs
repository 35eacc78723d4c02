using System.CommandLine;
using Kindred.App.Inspection;
using Kindred.Cli.Shell;
using Kindred.Cli.Terminal;
using Kindred.Evaluation;
using Kindred.Insight;
using Kindred.Reports;
using Kindred.Reports.Inspect;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred inspect</c>.</summary>
internal static class InspectCommand
{
    private const string OutliersName = "outliers.csv";

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "Folder to write a page to, and the same figures as JSON. Default: figures on standard output only.",
        HelpName = "DIR",
    };
    private static readonly Option<string?> Items = new("--items")
    {
        Description = "A table of item_id with name, topic or both. Items are shown by name, and topics are compared too.",
        HelpName = "FILE",
    };
    private static readonly Option<int> MinimumCount = CommonOptions.Number("--minimum-count", "The smallest group of seeds to report " +
        "on: at least 10, so that no individual is identified.", new InsightOptions().MinimumCount);
    private static readonly Option<bool> ListOutliers = new("--list-outliers")
    {
        Description = "Write the ids of each list's outliers to outliers.csv in --out. They are users of the list's owner: do not show " +
            "them to others.",
    };
    private static readonly Option<bool> Reach = new("--reach") { Description = "Also measure reach curves, like `kindred reach`." };
    private static readonly Option<int> Folds = CommonOptions.Number("--folds", "Number of folds for --reach.", new ReachOptions().Folds);

    public static Command Create()
    {
        var command = new Command("inspect", "Inspects seed lists before training: the similarity of their users, the groups they form, " +
            "and the features that set them apart.\n\n" +
            "Examples:\n  kindred inspect --population population --seeds seeds.csv\n" +
            "  kindred inspect --population population --seeds seeds.csv --items items.csv --reach --out seeds-page")
        {
            CommonOptions.Population, Items, ColumnOptions.Item, Out, MinimumCount, ListOutliers, Reach, Folds,
            CommonOptions.Country, CommonOptions.Seed, CommonOptions.Threads, CommonOptions.Replace, CommonOptions.Output,
            SettingsOption.Settings, CommonOptions.Quiet,
        };
        foreach (var option in CommonOptions.OfSeeds.Concat(CommonOptions.OfMethod)) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            var run = CommandRun.Of(parsed);
            var request = Request(parsed);
            using var folder = parsed.GetValue(Out) is { } path
                ? ReportFolder.Create(path, parsed.GetValue(CommonOptions.Replace), InspectionReport.Format)
                : null;
            if (parsed.GetValue(ListOutliers)) request = request with { OutliersFile = folder?.File(OutliersName) };
            var result = InspectSeedLists.Run(request, run.Screen(parsed), run.Cancellation);
            folder?.Commit(InspectionReport.Render(result), InspectionJson.Of(result));
            if (parsed.GetValue(CommonOptions.Output) == "json") JsonText.Write(run.Output, InspectionJson.Of(result));
            else WriteText(result, parsed.GetValue(Out), run.Output);
            return ExitCode.Success;
        });
        return command;
    }

    private static InspectRequest Request(ParseResult parsed)
    {
        if (parsed.GetValue(Out) is null) CommonOptions.Refuse(parsed, [CommonOptions.Replace, ListOutliers], "it needs --out.");
        if (parsed.GetValue(Items) is null) CommonOptions.Refuse(parsed, [ColumnOptions.Item], "it needs --items.");
        if (!parsed.GetValue(Reach))
        {
            CommonOptions.Refuse(
                parsed, [Folds, .. CommonOptions.OfTrainedSeeds, .. CommonOptions.OfMethod], "it needs --reach.");
        }

        var seed = parsed.GetValue(CommonOptions.Seed);
        var country = parsed.GetValue(CommonOptions.Country);
        var threads = CommonOptions.ThreadsOf(parsed);
        var seeds = CommonOptions.SeedRequest(parsed);
        var request = new InspectRequest
        {
            Population = parsed.GetValue(CommonOptions.Population)!,
            Seeds = seeds,
            Items = parsed.GetValue(Items),
            Insight = new InsightOptions
            {
                MinimumCount = parsed.GetValue(MinimumCount),
                Country = country,
                Seed = seed,
                Threads = threads
            },
            Reach = parsed.GetValue(Reach)
                ? new ReachOptions { Folds = parsed.GetValue(Folds), Country = country, Seed = seed, Threads = threads }
                : null,
            Method = CommonOptions.MethodRequest(parsed),
        };
        OptionsValidation.Require(request.Insight);
        if (request.Reach is { } reach) OptionsValidation.Require(reach);
        return request;
    }

    private static void WriteText(InspectResult result, string? folder, TextWriter output)
    {
        output.WriteLine(FormattableString.Invariant($"{Figure.SeedLists(result.Lists.Count)} beside {result.ReferenceUsers:N0} random users{(result.Country is null ? "" : " of " + result.Country)}."));
        output.WriteLine();
        TextTable.WriteLists(output,
            ["seed list", "seeds", "matched", "verdict", "near", "far", "mean cosine", "groups", "set apart by", "lift"],
            result.Lists, list =>
            [[
                list.SeedListId, TextTable.Count(list.Given), TextTable.Count(list.Matched), InspectionWords.Verdict(list.Verdict),
                InspectionWords.Shown(InspectionWords.Near(list, result.MinimumCount)),
                InspectionWords.Shown(InspectionWords.Far(list, result.MinimumCount)),
                Figure.Fixed(list.Cohesion?.MeanCosine ?? double.NaN, 3),
                TextTable.Count(list.Clusters.Count), list.Features.Count > 0 ? list.Features[0].Name : Figure.None,
                list.Features.Count > 0 ? InspectionWords.Lift(list.Features[0]) : Figure.None,
            ]]);
        output.WriteLine();
        output.WriteLine(
            "Near: the share of seeds closer to the rest of their list than 95% of random users are. Far: the share less close than 95%.");
        output.WriteLine("By chance both are 5%. Verdicts: " + InspectionWords.Rule);
        if (folder is null) return;
        output.WriteLine();
        output.WriteLine($"Open {Path.Combine(folder, ReportFolder.PageName)} to see more of each list.");
    }
}
