using System.CommandLine;
using System.Text.Json.Nodes;
using Kindred.App.Simulation;
using Kindred.Audiences;
using Kindred.Cli.Shell;
using Kindred.Cli.Terminal;
using Kindred.Cli.Texts;
using Kindred.Reports;
using Kindred.Reports.Experiment;
using Kindred.Worlds;
using Kindred.Worlds.Delivery;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred experiment simulate</c>.</summary>
internal static class ExperimentSimulateCommand
{
    private static readonly Option<string> Out =
        CommonOptions.Out("Folder for the log, its settings, the true effects, the world and its population.");
    private static readonly Option<string> Comparison = CommonOptions.Choice("--comparison", "The comparison: production method against " +
        "the previous one, sample weights against none, or the previous method against itself (A/A).",
        [.. Enum.GetValues<ExperimentComparison>().Select(ExperimentComparisons.NameOf)]);
    private static readonly Option<long> Users =
        CommonOptions.Number("--users", "Users of the world.", SimulateExperimentRequest.DefaultUsers);
    private static readonly Option<int> SeedLists =
        CommonOptions.Number("--seed-lists", "Advertisers, each with one seed list.", new WorldOptions().SeedLists);
    private static readonly Option<string> Size = new("--size")
    {
        Description = "Size of every audience: a share of the active users, or a number of users.",
        DefaultValueFactory = _ => "5%",
        HelpName = "SIZE",
    };
    private static readonly Option<int> Days = CommonOptions.Number("--days", "Days of the test.", new DeliveryOptions().Days);
    private static readonly Option<int> PreDays =
        CommonOptions.Number("--pre-days", "Days before the test, when the control's system serves all users.",
            new DeliveryOptions().PreDays);
    private static readonly Option<double> Budget = CommonOptions.Number("--budget", "Daily budget of the median advertiser, in euros per audience user. At a tenth of the default, budgets run out and users of one arm are no longer independent.", new DeliveryOptions().BudgetPerUser);
    private static readonly Option<ulong?> MarketSeed = new("--market-seed")
    {
        Description = "Seed of the market and of the assignment, for another test in the same world. Default: --seed.",
        HelpName = "N",
        CustomParser = result => CommonOptions.Parse(result, 2UL),
    };

    public static Command Create()
    {
        var command = new Command("simulate", "Simulates an A/B test in a world whose true effects are known: two systems deliver ads " +
            "in auctions, and users click, hide and buy by their true affinity.\n\n" +
            "Examples:\n  kindred experiment simulate --out simulation\n" +
            "  kindred experiment simulate --comparison weights --users 200000 --out weights\n" +
            "  kindred experiment simulate --comparison aa --market-seed 7 --out aa --output json")
        {
            Out, Comparison, Users, SeedLists, Size, Days, PreDays, Budget, MarketSeed,
            CommonOptions.Seed, CommonOptions.Threads, CommonOptions.Replace, CommonOptions.Output, CommonOptions.Quiet,
        };
        command.SetAction(parsed =>
        {
            var run = CommandRun.Of(parsed);
            var result = SimulateExperiment.Run(Request(parsed), run.Screen(parsed), run.Cancellation);
            if (parsed.GetValue(CommonOptions.Output) == "json") JsonText.Write(run.Output, ToJson(result));
            else WriteText(result, run.Output);
            return ExitCode.Success;
        });
        return command;
    }

    private static SimulateExperimentRequest Request(ParseResult parsed)
    {
        var seed = parsed.GetValue(CommonOptions.Seed);
        var comparison = parsed.GetValue(Comparison);
        return new SimulateExperimentRequest
        {
            Out = parsed.GetValue(Out)!,
            Replace = parsed.GetValue(CommonOptions.Replace),
            Comparison = Enum.GetValues<ExperimentComparison>().Single(one => ExperimentComparisons.NameOf(one) == comparison),
            World = SimulateExperimentRequest.WorldOf(parsed.GetValue(Users), parsed.GetValue(SeedLists), seed),
            Delivery = new DeliveryOptions
            {
                Days = parsed.GetValue(Days),
                PreDays = parsed.GetValue(PreDays),
                BudgetPerUser = parsed.GetValue(Budget),
                Seed = parsed.GetValue(MarketSeed) ?? seed
            },
            Size = AudienceSize.Parse(parsed.GetValue(Size)!),
            Threads = CommonOptions.ThreadsOf(parsed),
            AddFiles = SimulationReport.AddTo,
        };
    }

    private static JsonObject ToJson(SimulatedExperiment result) => new()
    {
        ["log"] = result.Log,
        ["settings"] = result.Settings,
        ["truth"] = result.Truth,
        ["rows"] = result.Rows,
        ["analysis"] = ExperimentJson.Of(result.Analysis!),
        ["arms"] = new JsonArray([.. result.Arms.Select((arm, i) => new JsonObject
        {
            ["arm"] = arm,
            ["system"] = result.Systems[i],
            ["test"] = SimulationJson.Of(result.Test.Arms[i]),
            ["launched_to_everybody"] = SimulationJson.Of(result.Launched[i]),
        })]),
        ["effects"] = SimulationJson.Effects(result.Launched),
    };

    private static void WriteText(SimulatedExperiment result, TextWriter output)
    {
        output.WriteLine(FormattableString.Invariant($"{result.Rows:N0} rows in {result.Log}."));
        output.WriteLine();
        ExperimentText.Write(output, result.Analysis!, folder: null);
        output.WriteLine();
        TextTable.Write(output, ["metric", "effect", "estimate", "interval", "covers it"],
            SimulationReport.Effects(result).Select(found => (string[])
        [
            found.Metric.Metric.Name, ExperimentWords.Lift(found.Effect), ExperimentWords.Lift(found.Metric.Decisive.Relative.Estimate),
            ExperimentWords.Range(found.Metric.Decisive.Relative), found.Metric.Decisive.Relative.Excludes(found.Effect) ? "no" : "yes",
        ]));
        output.WriteLine();
        output.WriteLine(
            "Effect: the outcome when each system served all users (for rates, the expected value). The analysis does not know it.");
        output.WriteLine($"Open {Path.Combine(result.Folder, ReportFolder.PageName)} to see every figure.");
    }
}
