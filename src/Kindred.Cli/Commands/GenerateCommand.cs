using System.CommandLine;
using System.Text.Json.Nodes;
using Kindred.App.Worlds;
using Kindred.Cli.Shell;
using Kindred.Reports;
using Kindred.Worlds;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred generate</c>.</summary>
internal static class GenerateCommand
{
    private static readonly Option<string> Out = CommonOptions.Out("Folder to write the world to.");
    private static readonly Option<long> Users = CommonOptions.Number("--users", "Users of the world.", new WorldOptions().Users);
    private static readonly Option<int> SeedLists =
        CommonOptions.Number("--seed-lists", "Advertisers, each with one seed list.", new WorldOptions().SeedLists);
    private static readonly Option<int> MinSeeds =
        CommonOptions.Number("--min-seeds", "Size of the smallest seed list, in users.", new WorldOptions().MinSeeds);
    private static readonly Option<int> MaxSeeds =
        CommonOptions.Number("--max-seeds", "Size of the largest seed list, in users; at most a fifth of the world.",
            new WorldOptions().MaxSeeds);
    private static readonly Option<int?> Items = new("--items")
    {
        Description = "Items. Default: a fifth of the users, from 500 to 500,000.",
        HelpName = "N",
        CustomParser = result => CommonOptions.Parse(result, 20_000),
    };
    private static readonly Option<int> Topics =
        CommonOptions.Number("--topics", "Topics of items and interests.", new WorldOptions().Topics);
    private static readonly Option<int> Countries =
        CommonOptions.Number("--countries", "Countries that users live in.", new WorldOptions().Countries);
    private static readonly Option<double> Interactions =
        CommonOptions.Number("--mean-interactions", "Mean interactions per user.", new WorldOptions().MeanInteractions);
    private static readonly Option<string> Format = CommonOptions.Choice("--format", "Format of the files.", "csv.gz", "csv", "parquet");

    public static Command Create()
    {
        var command = new Command("generate", "Generates a synthetic world: users, interactions, seed lists with engagement metrics, " +
            "and every user's true affinity to every advertiser.\n\n" +
            "Examples:\n  kindred generate --users 100000 --seed-lists 20 --out world\n  kindred generate --users 10000000 --seed-lists " +
                "100 --max-seeds 1000000 --format parquet --out world")
        {
            Users, SeedLists, MinSeeds, MaxSeeds, Items, Topics, Countries, Interactions, Format, Out,
            CommonOptions.Seed, CommonOptions.Threads, CommonOptions.Replace, CommonOptions.Output, CommonOptions.Quiet,
        };
        command.SetAction(parsed => Execute(parsed, CommandRun.Of(parsed)));
        return command;
    }

    private static int Execute(ParseResult parsed, CommandRun run)
    {
        var request = new GenerateRequest
        {
            Out = parsed.GetValue(Out)!,
            Replace = parsed.GetValue(CommonOptions.Replace),
            Format = parsed.GetValue(Format)!,
            Threads = CommonOptions.ThreadsOf(parsed),
            World = new WorldOptions
            {
                Users = parsed.GetValue(Users),
                SeedLists = parsed.GetValue(SeedLists),
                MinSeeds = parsed.GetValue(MinSeeds),
                MaxSeeds = parsed.GetValue(MaxSeeds),
                Items = parsed.GetValue(Items),
                Topics = parsed.GetValue(Topics),
                Countries = parsed.GetValue(Countries),
                MeanInteractions = parsed.GetValue(Interactions),
                Seed = parsed.GetValue(CommonOptions.Seed),
            },
        };
        var made = GenerateWorld.Run(request, run.Screen(parsed), run.Cancellation);
        var seeds = made.SeedLists.Sum(list => (long)list.Seeds.Count);
        if (parsed.GetValue(CommonOptions.Output) == "json")
        {
            JsonText.Write(run.Output, new JsonObject
            {
                ["world"] = request.Out,
                ["users"] = made.World.Options.Users,
                ["items"] = made.World.Items.Count,
                ["interactions"] = made.Interactions,
                ["seed_lists"] = made.SeedLists.Count,
                ["seeds"] = seeds,
            });
        }
        else
        {
            run.Output.WriteLine(FormattableString.Invariant($"World in {request.Out}: {made.World.Options.Users:N0} users, {made.World.Items.Count:N0} items, {made.Interactions:N0} interactions, {Figure.SeedLists(made.SeedLists.Count)} of {seeds:N0} users."));
        }

        return ExitCode.Success;
    }
}
