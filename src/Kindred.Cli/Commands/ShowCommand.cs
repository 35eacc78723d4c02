using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kindred.Cli.Shell;
using Kindred.Data.Formats;
using Kindred.Pipeline.Store;
using Kindred.Reports;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred show</c>.</summary>
internal static class ShowCommand
{
    private const int MostEntries = 8;

    private static readonly Argument<string[]> Folders = new("FOLDER")
    {
        Description = "Folders that Kindred wrote: populations, models, audiences, stores of daily runs, worlds, reports.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create()
    {
        var command = new Command("show", "Describes a folder that Kindred wrote: counts, method, file sizes and how it was made.\n\n" +
            "Reads manifests only; `kindred verify` checks the files. Never shows user ids.\n\n" +
            "Examples:\n  kindred show population\n  kindred show models audiences --output json")
        {
            Folders, CommonOptions.Output, CommonOptions.Quiet,
        };
        command.SetAction(parsed => Execute(parsed, CommandRun.Of(parsed)));
        return command;
    }

    private static int Execute(ParseResult parsed, CommandRun run)
    {
        FolderSummary[] folders =
            [.. parsed.GetValue(Folders)!.Select(folder => RunStore.IsStore(folder) ? StoreSummary.Of(folder) : FolderSummary.Of(folder))];
        if (parsed.GetValue(CommonOptions.Output) == "json")
        {
            JsonText.Write(run.Output, new JsonObject { ["folders"] = new JsonArray([.. folders.Select(ToJson)]) });
        }
        else
        {
            foreach (var folder in folders) Write(folder, run.Output);
        }

        return ExitCode.Success;
    }

    private static void Write(FolderSummary folder, TextWriter output)
    {
        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture,
                $"{folder.Folder}: {folder.What} {folder.Version[..8]} ({folder.Format}, version {folder.FormatVersion})"));
        foreach (var (name, value) in folder.Facts)
        {
            if (Text(value) is { Length: > 0 } text) output.WriteLine($"  {name.Replace('_', ' ')}: {text}");
        }

        var bytes = folder.Bytes.Take(3).Select(pair => $"{pair.Key} {Size(pair.Value)}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  files: {folder.Files:N0}, {Size(folder.Bytes.Sum(pair => pair.Value))}{(folder.Files > 0 ? $" ({string.Join(", ", bytes)}{(folder.Bytes.Count > 3 ? ", …" : "")})" : "")}"));
        foreach (var inner in folder.Inner) Write(inner, output);
    }

    private static string Text(JsonNode? value) => value switch
    {
        null => "",
        JsonObject map => string.Join(", ", map.Take(MostEntries).Select(pair => $"{pair.Key} {Text(pair.Value)}"))
            + (map.Count > MostEntries ? $", and {map.Count - MostEntries} more" : ""),
        _ => value.GetValueKind() switch
        {
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            JsonValueKind.Number => Number(value),
            _ => value.ToString(),
        },
    };

    private static string Number(JsonNode value)
    {
        var number = double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);
        return number.ToString(number == Math.Floor(number) ? "N0" : "0.####", CultureInfo.InvariantCulture);
    }

    private static string Size(long bytes) => bytes switch
    {
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:F1} GB"),
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F1} MB"),
        >= 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:F1} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
    };

    private static JsonObject ToJson(FolderSummary folder) => new()
    {
        ["folder"] = folder.Folder,
        ["what"] = folder.What,
        ["format"] = folder.Format,
        ["format_version"] = folder.FormatVersion,
        ["version"] = folder.Version,
        ["facts"] = folder.Facts.DeepClone(),
        ["files"] = folder.Files,
        ["bytes"] = folder.Bytes.Sum(pair => pair.Value),
        ["bytes_by_name"] = new JsonObject(folder.Bytes.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        ["inner"] = new JsonArray([.. folder.Inner.Select(ToJson)]),
    };
}
