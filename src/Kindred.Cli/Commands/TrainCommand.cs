using System.CommandLine;
using Kindred.App.Training;
using Kindred.Catalog;
using Kindred.Cli.Shell;
using Kindred.Cli.Terminal;
using Kindred.Data.Models;
using Kindred.Reports;
using Kindred.Reports.Training;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred train</c>.</summary>
internal static class TrainCommand
{
    private static readonly Option<string> Out = CommonOptions.Out("Folder to write the models to.");

    private static readonly Option<string?> WarmStart = new("--warm-start")
    {
        Description = "Earlier models to start training from: as good as a cold start, and faster. For --method linear and mlp.",
        HelpName = "DIR",
    };

    public static Command Create()
    {
        var command = new Command("train", "Trains one model for each seed list.\n\n" +
            "Examples:\n  kindred train --population population --seeds seeds.csv --out models\n" +
            "  kindred train --population population --seeds seeds.csv --weight-by impressions,ctr --country HU --out models\n" +
            "  kindred train --population population-today --seeds seeds.csv --warm-start models --out models-today")
        {
            CommonOptions.Population, Out, WarmStart, CommonOptions.Country, CommonOptions.Seed, CommonOptions.Threads,
            CommonOptions.Replace, CommonOptions.Output, SettingsOption.Settings, CommonOptions.Quiet,
        };
        foreach (var option in CommonOptions.OfSeeds.Concat(CommonOptions.OfMethod)) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            var run = CommandRun.Of(parsed);
            var models = TrainModels.Run(Request(parsed), run.Screen(parsed), run.Cancellation);
            Write(models, parsed.GetValue(Out)!, parsed.GetValue(CommonOptions.Output) == "json", run.Output);
            return ExitCode.Success;
        });
        return command;
    }

    private static TrainRequest Request(ParseResult parsed)
    {
        var method = CommonOptions.MethodRequest(parsed);
        if (!Methods.All.Find(method.Name)!.StartsFromPreviousModel)
        {
            var warm = Methods.All.All.Where(other => other.StartsFromPreviousModel).Select(other => other.Name).Order(StringComparer.Ordinal);
            CommonOptions.Refuse(parsed, [WarmStart], $"method '{method.Name}' always starts cold; only {string.Join(" and ", warm)} start from earlier models.");
        }

        return new()
        {
            Population = parsed.GetValue(CommonOptions.Population)!,
            Seeds = CommonOptions.SeedRequest(parsed),
            Out = parsed.GetValue(Out)!,
            Replace = parsed.GetValue(CommonOptions.Replace),
            Method = method,
            WarmStart = parsed.GetValue(WarmStart),
            Country = parsed.GetValue(CommonOptions.Country),
            Threads = CommonOptions.ThreadsOf(parsed),
        };
    }

    private static void Write(ModelSet models, string folder, bool json, TextWriter output)
    {
        if (!json)
        {
            output.WriteLine($"Models {models.Version[..8]} in {folder}:");
            output.WriteLine();
            // Reports differ between methods and lists; the fullest one defines the order of columns.
            var figures = models.Models.OrderByDescending(model => model.Report.Count).SelectMany(model => model.Report.Keys).Distinct()
                .Where(name => name != "positives").ToArray();
            TextTable.WriteLists(output, ["seed list", "seeds", .. figures.Select(name => name.Replace('_', ' '))],
                models.Models, model =>
                [[
                    model.SeedListId, TextTable.Count(model.Seeds.Count),
                    .. figures.Select(name => !model.Report.TryGetValue(name, out var value) ? "" :
                        value == Math.Floor(value) && Math.Abs(value) < 1e15 ? TextTable.Count((long)value) : TextTable.Figure(value)),
                ]]);
            foreach (var reason in models.Models.Where(model => model.Reason is not null).GroupBy(model => model.Reason))
            {
                output.WriteLine();
                output.WriteLine($"{reason.Count():N0} of {models.Models.Count:N0} lists: {reason.Key}");
            }

            return;
        }

        JsonText.Write(output, TrainJson.Of(models, folder));
    }
}
