using System.CommandLine;
using Kindred.App.Checking;
using Kindred.App.Seeds;
using Kindred.Cli.Shell;
using Kindred.Cli.Texts;
using Kindred.Reports;
using Kindred.Reports.Check;
using Kindred.SeedLists;
using Kindred.SeedLists.Checks;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred check</c>.</summary>
internal static class CheckCommand
{
    private static readonly Option<double> MostShare = CommonOptions.Number("--most-share", "The maximum share of the population in one " +
        "list. A broader list does not describe a specific audience.", new SeedCheckOptions().MostShare);
    private static readonly Option<bool> Strict =
        new("--strict") { Description = "Also fail if a row is rejected or a file has no usable row." };

    public static Command Create()
    {
        var command = new Command("check", "Checks seed lists before training: bad rows, users missing from the population and the " +
            "likely cause, and lists that are too small, too broad or nearly the same.\n\n" +
            "Exits with 0 if every list is usable, and with 42 if one is not. Shows no user ids.\n\n" +
            "Examples:\n  kindred check --population population --seeds seeds.csv\n" +
            "  kindred check --population population --seeds uploads/*.csv --id-hash sha256 --id-salt-file salt.txt --strict\n" +
            "  kindred check --population population --seeds seeds.csv --weight-by impressions,ctr --country HU --output json")
        {
            CommonOptions.Population, CommonOptions.Seeds, CommonOptions.SeedList, ColumnOptions.User, ColumnOptions.SeedList,
            TableOptions.NormalizeIds, TableOptions.MissingIds, TableOptions.DecimalComma,
            CommonOptions.IdHash, CommonOptions.IdSaltFile, CommonOptions.WeightBy,
            CommonOptions.MinimumSeeds, MostShare, Strict, CommonOptions.Country, CommonOptions.Threads, CommonOptions.Output,
            SettingsOption.Settings, CommonOptions.Quiet,
        };
        command.SetAction(parsed =>
        {
            var run = CommandRun.Of(parsed);
            var result = CheckSeedLists.Run(Request(parsed), run.Screen(parsed), run.Cancellation);
            if (parsed.GetValue(CommonOptions.Output) == "json") JsonText.Write(run.Output, CheckJson.Of(result));
            else CheckText.Write(result, run.Output);
            return result.IsGood ? ExitCode.Success : ExitCode.BadInput;
        });
        return command;
    }

    private static CheckRequest Request(ParseResult parsed)
    {
        var request = new CheckRequest
        {
            Population = parsed.GetValue(CommonOptions.Population)!,
            Seeds = new SeedRequest
            {
                Files = parsed.GetValue(CommonOptions.Seeds)!,
                Columns = ColumnOptions.Of(parsed),
                Hash = CommonOptions.HashOf(parsed),
                Only = parsed.GetValue(CommonOptions.SeedList) ?? [],
                Threads = CommonOptions.ThreadsOf(parsed),
                Weights = new SampleWeightOptions { Metrics = CommonOptions.Names(parsed.GetValue(CommonOptions.WeightBy)) },
            },
            Check = new SeedCheckOptions
            {
                MinimumSeeds = parsed.GetValue(CommonOptions.MinimumSeeds),
                MostShare = parsed.GetValue(MostShare),
                Country = parsed.GetValue(CommonOptions.Country),
                Threads = CommonOptions.ThreadsOf(parsed),
            },
            Strict = parsed.GetValue(Strict),
        };
        OptionsValidation.Require(request.Check);
        return request;
    }
}
