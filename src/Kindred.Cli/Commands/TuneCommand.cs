using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Kindred.App.Seeds;
using Kindred.App.Tuning;
using Kindred.Catalog;
using Kindred.Cli.Shell;
using Kindred.Cli.Terminal;
using Kindred.Reports;
using Kindred.Reports.Tune;
using Kindred.Tuning;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred tune</c>.</summary>
internal static class TuneCommand
{
    private static readonly Option<string[]> Seeds =
        CommonOptions.Tables("--seeds",
            "Seed lists whose sizes the pseudo lists should match. Their users are not read. Default: a range of sizes.");
    private static readonly Option<int> Lists =
        CommonOptions.Number("--lists", "Pseudo seed lists to try methods on.", new TuningOptions().Lists);
    private static readonly Option<int> Folds =
        CommonOptions.Number("--folds", "Number of folds. Each hides the items of its lists and trains embeddings without them.",
            new TuningOptions().Folds);

    public static Command Create()
    {
        var command = new Command("tune", "Finds the best blend of methods for a population, and stores it there for --method auto.\n\n" +
            "Uses pseudo seed lists: the users of an item. Some items are hidden, embeddings are trained without them, and every\n" +
            "method tries to find the items' users again. No real seed list is read.\n\n" +
            "Examples:\n  kindred tune --population population\n" +
            "  kindred tune --population population --seeds seeds.csv --replace --output json")
        {
            CommonOptions.Population, Seeds, ColumnOptions.User, ColumnOptions.SeedList, CommonOptions.IdHash, CommonOptions.IdSaltFile,
            TableOptions.NormalizeIds, TableOptions.MissingIds,
            Lists, Folds, CommonOptions.MinimumSeeds, CommonOptions.Seed, CommonOptions.Threads,
            CommonOptions.Replace, CommonOptions.Output, SettingsOption.Settings, CommonOptions.Quiet,
        };
        command.SetAction(parsed =>
        {
            var run = CommandRun.Of(parsed);
            var (screen, watch) = (run.Screen(parsed), Stopwatch.StartNew());
            var result = TunePopulation.Run(Request(parsed), screen, run.Cancellation);
            screen.Note($"Tuned in {watch.Elapsed.TotalSeconds:N0} s.");
            if (parsed.GetValue(CommonOptions.Output) == "json")
            {
                JsonText.Write(run.Output, TuneJson.Of(result, parsed.GetValue(CommonOptions.Population)!));
            }
            else Write(result, parsed.GetValue(Lists), run.Output);
            return ExitCode.Success;
        });
        return command;
    }

    private static TuneRequest Request(ParseResult parsed)
    {
        var options = new TuningOptions
        {
            Lists = parsed.GetValue(Lists),
            Folds = parsed.GetValue(Folds),
            MinimumSeeds = parsed.GetValue(CommonOptions.MinimumSeeds),
            Seed = parsed.GetValue(CommonOptions.Seed),
            Threads = CommonOptions.ThreadsOf(parsed),
        };
        OptionsValidation.Require(options);
        if (parsed.GetValue(Seeds) is not { Length: > 0 })
        {
            CommonOptions.Refuse(parsed, ColumnOptions.OfSeeds.Concat(CommonOptions.OfIds).Concat(TableOptions.OfIds), "it needs --seeds.");
        }

        return new TuneRequest
        {
            Population = parsed.GetValue(CommonOptions.Population)!,
            Seeds = parsed.GetValue(Seeds) is { Length: > 0 } files ? new SeedRequest { Files = files, Columns = ColumnOptions.Of(parsed), Hash = CommonOptions.HashOf(parsed), Threads = options.Threads, Minimum = options.MinimumSeeds, SkipSmall = true } : null,
            Replace = parsed.GetValue(CommonOptions.Replace),
            Options = options,
        };
    }

    // The method that is as good as the best blend, by what chance may do.
    private static string? Single(TuningResult result)
    {
        const double clearly = 2;
        var best = result.Best(false, null);
        if (best.Recall - best.SingleRecall > clearly * best.GainStandardError) return null;
        var id = result.Methods.MaxBy(method => method.Recall)!.Id;
        return Methods.All.All.FirstOrDefault(method => method.Variants.Any(variant => variant.Id == id))?.Name;
    }

    private static void Write(TuningResult result, int asked, TextWriter output)
    {
        var sizes = result.Lists.Select(list => list.Seeds).Order().ToArray();
        output.WriteLine(FormattableString.Invariant($"Tried {result.Methods.Count:N0} methods on {result.Lists.Count:N0} pseudo seed lists of {sizes[0]:N0} to {sizes[^1]:N0} seeds{(result.Lists.Count < asked ? $" ({asked:N0} were requested: more would hide too many items, or no items have matching sizes)" : "")}:"));
        output.WriteLine();
        TextTable.Write(output, ["method", "average recall", "cost per pair"], result.Methods.OrderByDescending(method => method.Recall)
            .Select(method => new[] { method.Id, TextTable.Figure(method.Recall), TextTable.Count((long)Math.Round(method.CostPerPair)) }));
        if (Single(result) is { } single)
        {
            output.WriteLine();
            output.WriteLine($"Nothing is clearly better than one method alone: use --method {single}.");
        }

        foreach (var (name, choice) in new[] { ("auto", result.Best(false, null)), ("auto --servable", result.Best(true, null)) })
        {
            output.WriteLine();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: recall on lists that were not used for the choice: {choice.Recall:F4} (best single method {choice.SingleRecall:F4}, {choice.Recall - choice.SingleRecall:+0.0000;-0.0000} ± {choice.GainStandardError:F4}); {choice.CostPerPair:N0} multiply-adds per pair."));
            foreach (var blend in choice.Blends)
            {
                output.WriteLine(
                    string.Create(CultureInfo.InvariantCulture,
                        $"  {(blend.FromSeeds == 0 ? "any size" : $"{blend.FromSeeds:N0} seeds and more")}: {AutoMethod.Describe(blend)}"));
            }
        }
    }
}
