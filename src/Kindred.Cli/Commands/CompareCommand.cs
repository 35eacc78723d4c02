using System.CommandLine;
using System.Globalization;
using System.Text;
using Kindred.App.Comparison;
using Kindred.App.Tuning;
using Kindred.Catalog;
using Kindred.Cli.Shell;
using Kindred.Cli.Terminal;
using Kindred.Reports;
using Kindred.Reports.Compare;
using Kindred.SeedModels;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred compare</c>.</summary>
internal static class CompareCommand
{
    private const string All = "all";

    private static readonly Option<string> Out = CommonOptions.Out("Folder to write the figures and the page to.");
    private static readonly Option<string[]> MethodNames = CommonOptions.Known(CommonOptions.Several("--methods", $"The methods to compare: any of {string.Join(",", Methods.All.Names)}. Default: all that the population supports, without the slow ones; `all` includes those ({string.Join(", ", Methods.All.All.Where(method => method.IsSlow).Select(method => method.Name))}).", "NAME,…"), [.. Methods.All.Names, All]);
    private static readonly Option<string?> Baseline = CommonOptions.Known(new Option<string?>("--baseline") { Description = "The method that gains are measured against. Default: regression.", HelpName = "NAME" }, [.. Methods.All.Names]);
    private static readonly Option<string[]> Sizes = CommonOptions.Several("--seed-sizes", "Numbers of seeds to train on, one after the " +
        "other, with the same lists and held-out users, as in 50,200,1000. Default: all seeds of a list.", "COUNT,…");
    private static readonly Option<bool> BothWeightings =
        new("--with-and-without-weights") { Description = "Compare every method with and without the sample weights of --weight-by." };
    private static readonly Option<bool> Resume =
        new("--resume") { Description = "Continue a stopped comparison. Finished parts are kept beside the output." };

    public static Command Create()
    {
        var command = new Command("compare",
            "Compares methods on the same held-out users: the best method, its lead, and the uncertainty. Writes a report page.\n\n" +
            "Examples:\n  kindred compare --population population --seeds seeds.csv --out comparison\n" +
            "  kindred compare --population population --seeds seeds.csv --methods mlp,linear,ridge --repeats 5 --out comparison\n" +
            "  kindred compare --population population --seeds seeds.csv --seed-sizes 50,200,1000 --out sizes\n" +
            "  kindred compare --population population --seeds seeds.csv --out comparison --resume")
        {
            Out, MethodNames, Baseline, Sizes, BothWeightings, Resume, CommonOptions.Replace,
            CommonOptions.Seed, CommonOptions.Threads, CommonOptions.Output, SettingsOption.Settings, CommonOptions.Quiet,
        };
        foreach (var option in EvaluateCommand.OfSplits.Concat(CommonOptions.OfSeeds).Concat(CommonOptions.OfMethod)
            .Where(option => option != CommonOptions.Method))
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            var run = CommandRun.Of(parsed);
            var request = Request(parsed);
            var screen = run.Screen(parsed);
            using var folder = ComparisonFolder.Create(request.Out, parsed.GetValue(CommonOptions.Replace));
            var result = Compare(request, folder, screen, run.Cancellation);
            if (parsed.GetValue(CommonOptions.Output) == "json") JsonText.Write(run.Output, ComparisonJson.Figures(result));
            else WriteText(result, run.Output);
            screen.Note($"");
            screen.Note($"Open {Path.Combine(request.Out, ComparisonFolder.PageFile)} for figures and tables.");
            return ExitCode.Success;
        });
        return command;
    }

    private static CompareResult Compare(CompareRequest request, ComparisonFolder folder, Screen screen, CancellationToken cancellation)
    {
        try
        {
            return CompareMethods.Run(request, result => folder.Commit(result, cancellation), screen, cancellation);
        }
        catch (StoppedException stopped)
        {
            throw new StoppedException($"{stopped.Message} Repeat the command with --resume.",
                (OperationCanceledException)stopped.InnerException!);
        }
    }

    private static CompareRequest Request(ParseResult parsed)
    {
        var names = Names(parsed.GetValue(MethodNames)).Distinct(StringComparer.Ordinal).ToArray();
        var all = names is [All];
        if (all) names = [];
        foreach (var name in names) RequireKnown(name, "--methods");
        if (names.Length == 1)
        {
            throw new UsageException(
                $"--methods names '{names[0]}' alone; a comparison needs at least two. To measure one method, use `kindred evaluate`.");
        }

        var baseline = parsed.GetValue(Baseline);
        if (baseline is not null) RequireKnown(baseline, "--baseline");
        if (baseline is not null && names.Length > 0 && !names.Contains(baseline))
        {
            throw new UsageException($"--baseline names '{baseline}', which is not in --methods. Add it to --methods.");
        }

        if (parsed.GetValue(CommonOptions.WeightBy) is not { Length: > 0 })
        {
            CommonOptions.Refuse(parsed, [BothWeightings], "it needs --weight-by.");
        }

        return new CompareRequest
        {
            BothWeightings = parsed.GetValue(BothWeightings),
            Evaluate = EvaluateCommand.Request(parsed, Settings(parsed, names)),
            Methods = names,
            IncludeSlow = all,
            Baseline = baseline,
            SeedSizes = [.. Names(parsed.GetValue(Sizes)).Select(Size)],
            Out = parsed.GetValue(Out)!,
            Resume = parsed.GetValue(Resume),
        };
    }

    private static MethodRequest Settings(ParseResult parsed, string[] names)
    {
        if (names.Length > 0)
        {
            MethodDescriptor[] methods = [.. names.Select(Methods.All.Get)];
            if (!methods.Any(method => method.NeedsTuning))
            {
                CommonOptions.Refuse(parsed, [CommonOptions.Servable, CommonOptions.MaxCost],
                    $"only the method {CommonOptions.Tuned} chooses.");
            }

            MethodOptions.RefuseOthers(parsed, methods, "none of the methods has such a setting.");
        }

        return CommonOptions.MethodSettings(parsed, Methods.All.Default);
    }

    private static void RequireKnown(string name, string option)
    {
        if (!Methods.All.Names.Contains(name)) throw new UsageException($"{option}: there is no method '{name}'. Known methods are " +
            $"{string.Join(", ", Methods.All.Names)}.{Spelling.DidYouMean(name, Methods.All.Names)}");
    }

    private static int Size(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
        ? size
        : throw new UsageException(
            $"--seed-sizes holds '{text}', which is not a number of seeds. Give whole numbers, as in --seed-sizes 50,200,1000.");

    private static IEnumerable<string> Names(string[]? texts) =>
        (texts ?? []).SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static void WriteText(CompareResult result, TextWriter output)
    {
        var lists = result.Main.Results[0].Lists;
        var trained = result.Sizes[^1].Seeds is null
            ? FormattableString.Invariant($"{lists.Sum(list => (long)list.Training):N0} seeds trained on and ")
            : "";
        output.WriteLine(FormattableString.Invariant($"{Figure.SeedLists(lists.Count)}{(result.Country is null ? "" : " in " + result.Country)}, {result.Repeats} split{(result.Repeats == 1 ? "" : "s")} each, {trained}{lists.Sum(list => (long)list.HeldOut):N0} held out in all. Mean over lists ± standard error."));
        output.WriteLine();
        if (result.Sizes[^1].Seeds is null) WriteMethods(result, output);
        else WriteSizes(result, output);
        output.WriteLine();
        if (result.Weighting.Count > 0) WriteWeighting(result, output);
        foreach (var sentence in CompareWords.Verdict(result)) Wrap(Plain(sentence), output);
    }

    private static void WriteMethods(CompareResult result, TextWriter output) => TextTable.Write(output,
        ["method", "average recall", $"over {result.Main.Baseline}", "corrected p", "average precision", "train s", "score s", "peak MB",
            "cost per pair"],
        result.Main.Overall.Select((method, i) => (method, i)).OrderByDescending(row => row.method.AverageRecall.Value)
            .Select(row => Row(row.method, result.Sizes[^1].Costs[row.i], result.Main.Results[row.i].CostPerPair)));

    private static void WriteSizes(CompareResult result, TextWriter output)
    {
        string[] header = [.. result.Sizes.Select(size => FormattableString.Invariant($"{size.Seeds:N0} seeds"))];
        void Table(string first, Func<Evaluation.MethodFigures, string> cell) => TextTable.Write(output, [first, .. header],
            result.Methods.Select((method, i) =>
                (string[])[method.Name, .. result.Sizes.Select(size => cell(size.Comparison.Overall[i]))]));
        Table("average recall", method =>
            $"{TextTable.Figure(method.AverageRecall.Value)} ± {TextTable.Figure(method.AverageRecall.StandardError)}");
        output.WriteLine();
        Table($"over {result.Main.Baseline}", Gain);
    }

    private static void WriteWeighting(CompareResult result, TextWriter output)
    {
        static string[] Cells(Evaluation.MethodDifference test) => [Plain(CompareWords.Gain(test.Gain)), CompareWords.P(test.Corrected)];
        TextTable.Write(output, ["weights over none", "recall", "corrected p", "engaged recall", "corrected p"],
            result.Weighting.Select(weighting =>
                (string[])[weighting.Method, .. Cells(weighting.Recall), .. Cells(weighting.EngagedRecall)]));
        output.WriteLine();
    }

    private static string Gain(Evaluation.MethodFigures method) =>
        method.AgainstBaseline is null ? "baseline" : Plain(CompareWords.Gain(method.RecallGain));

    private static string Plain(string text) => text.Replace('\u00A0', ' ');

    private static IReadOnlyList<string> Row(Evaluation.MethodFigures method, MethodCost cost, double costPerPair) =>
    [
        method.Method,
        $"{TextTable.Figure(method.AverageRecall.Value)} ± {TextTable.Figure(method.AverageRecall.StandardError)}",
        Gain(method),
        method.AgainstBaseline is { } test ? CompareWords.P(test.Corrected) : "",
        TextTable.Figure(method.AveragePrecision.Value),
        cost.TrainSeconds.ToString("F1", CultureInfo.InvariantCulture),
        cost.ScoreSeconds.ToString("F1", CultureInfo.InvariantCulture),
        (cost.PeakBytes / 1e6).ToString("N0", CultureInfo.InvariantCulture),
        double.IsFinite(costPerPair) ? costPerPair.ToString("N0", CultureInfo.InvariantCulture) : "–",
    ];

    private static void Wrap(string text, TextWriter output)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > 118)
            {
                output.WriteLine(line);
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        output.WriteLine(line);
    }
}
