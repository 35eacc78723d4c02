using System.CommandLine;
using System.Globalization;
using Kindred.App.Evaluation;
using Kindred.App.Tuning;
using Kindred.Cli.Shell;
using Kindred.Cli.Terminal;
using Kindred.Evaluation;
using Kindred.Reports;
using Kindred.Reports.Evaluate;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred evaluate</c>.</summary>
internal static class EvaluateCommand
{
    private static readonly Option<string[]> HoldOut =
        CommonOptions.Tables("--holdout", "The users to hold out: seed_list_id, user_id. Default: a random tenth of each list.");
    private static readonly Option<double> HoldOutShare =
        CommonOptions.Number("--holdout-share", "Share of each list to hold out at random.", 0.1);
    private static readonly Option<int> Repeats = CommonOptions.Number("--repeats", "Number of random splits to average.", 1);
    private static readonly Option<string?> Lists =
        new("--lists") { Description = "A table of seed_list_id and part; only the lists of one part are evaluated.", HelpName = "FILE" };
    private static readonly Option<string> Part =
        new("--part") { Description = "The part of --lists to evaluate.", DefaultValueFactory = _ => "report", HelpName = "NAME" };

    /// <summary>The options that define the data for measuring methods.</summary>
    public static IEnumerable<Option> OfSplits =>
        [CommonOptions.Population, HoldOut, HoldOutShare, Repeats, Lists, Part, CommonOptions.Country];

    public static Command Create()
    {
        var command = new Command("evaluate",
            "Measures how many of each list's held-out users a method finds, compared with chance and with activity alone.\n\n" +
            "Examples:\n  kindred evaluate --population population --seeds seeds.csv\n" +
            "  kindred evaluate --population population --seeds seeds.csv --holdout holdout.csv --output json")
        {
            CommonOptions.Seed, CommonOptions.Threads, CommonOptions.Output, SettingsOption.Settings, CommonOptions.Quiet,
        };
        foreach (var option in OfSplits.Concat(CommonOptions.OfSeeds).Concat(CommonOptions.OfMethod)) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            var run = CommandRun.Of(parsed);
            var result = EvaluateMethod.Run(Request(parsed, CommonOptions.MethodRequest(parsed)), run.Screen(parsed), run.Cancellation);
            Write(result, parsed.GetValue(CommonOptions.Output) == "json", run.Output);
            return ExitCode.Success;
        });
        return command;
    }

    public static void Write(EvaluationWithBaselines result, bool json, TextWriter output)
    {
        if (json) JsonText.Write(output, EvaluateJson.Of(result));
        else WriteText(result, output);
    }

    public static EvaluateRequest Request(ParseResult parsed, MethodRequest method)
    {
        if (parsed.GetValue(HoldOut) is { Length: > 0 })
        {
            CommonOptions.Refuse(parsed, [HoldOutShare, Repeats], "--holdout already defines the split.");
        }

        if (parsed.GetValue(Lists) is null) CommonOptions.Refuse(parsed, [Part], "it needs --lists.");
        var request = new EvaluateRequest
        {
            Population = parsed.GetValue(CommonOptions.Population)!,
            Seeds = CommonOptions.SeedRequest(parsed),
            HoldOut = parsed.GetValue(HoldOut) ?? [],
            HoldOutShare = parsed.GetValue(HoldOutShare),
            Repeats = parsed.GetValue(Repeats),
            Lists = parsed.GetValue(Lists),
            Part = parsed.GetValue(Part)!,
            Method = method,
            Evaluation = new EvaluationOptions
            {
                Country = parsed.GetValue(CommonOptions.Country),
                Seed = parsed.GetValue(CommonOptions.Seed),
                Threads = CommonOptions.ThreadsOf(parsed),
            },
        };
        if (request.Repeats < 1) throw new UsageException($"--repeats is {request.Repeats}; it must be at least 1.");
        if (request.HoldOutShare is not (> 0 and < 1))
        {
            throw new UsageException(
                FormattableString.Invariant($"--holdout-share is {request.HoldOutShare}; it must be between 0 and 1, as in 0.1."));
        }

        return request;
    }

    private static void WriteText(EvaluationWithBaselines result, TextWriter output)
    {
        EvaluationResult[] all = [result.Method, .. result.Baselines];
        var lists = result.Method.Lists;
        output.WriteLine(FormattableString.Invariant($"{Figure.SeedLists(lists.Count)}{(result.Country is null ? "" : " in " + result.Country)}, {result.Repeats} split{(result.Repeats == 1 ? "" : "s")} each, {lists.Sum(list => (long)list.Training):N0} seeds trained on and {lists.Sum(list => (long)list.HeldOut):N0} held out in all. Mean over lists ± standard error."));
        output.WriteLine();
        string[] header = ["method", "average recall", .. result.Method.Fractions.Select(Share), "average precision"];
        TextTable.Write(output, header, all.Select(method => (string[])
        [
            method.Method,
            $"{TextTable.Figure(method.AverageRecall)} ± {TextTable.Figure(method.AverageRecallStandardError)}",
            .. Enumerable.Range(0, method.Fractions.Count).Select(i => TextTable.Figure(method.Lists.Average(list => list.Recall[i]))),
            $"{TextTable.Figure(method.AveragePrecision)} ± {TextTable.Figure(method.AveragePrecisionStandardError)}",
        ]));
        var defined = lists.Average(list => list.PrecisionDefined.Average());
        output.WriteLine();
        output.WriteLine(
            "recall@k: the share of the held-out seeds among the k users ranked highest. Precision: of held-out seeds and as many");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"random users among those k, the share of seeds; chance is at most one half, and 0/0 ({1 - defined:0%} of the cases) counts as 0. Judge by recall."));
    }

    private static string Share(double share) => string.Create(CultureInfo.InvariantCulture, $"recall@{share * 100:G4}%");
}
