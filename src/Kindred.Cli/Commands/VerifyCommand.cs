using System.CommandLine;
using System.Text.Json.Nodes;
using Kindred.App.Maintenance;
using Kindred.Cli.Shell;
using Kindred.Data.Formats;
using Kindred.Reports;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred verify</c>.</summary>
internal static class VerifyCommand
{
    // A folder may have been reused for something else; a few names are enough.
    private const int MostForeign = 20;

    private static readonly Argument<string[]> Folders = new("FOLDER")
    {
        Description = "Folders that Kindred wrote: populations, models, audiences, stores of daily runs, worlds, reports.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create()
    {
        var command = new Command("verify", "Verifies folders that Kindred wrote.\n\n" +
            "Compares the checksum of every file, opens it, and checks shapes, order and that values are finite. " +
            "Exits with 43 if there is damage, and tells what to do. Foreign files are listed but are not damage.\n\n" +
            "Examples:\n  kindred verify population models audiences\n  kindred verify population --output json")
        {
            Folders, CommonOptions.Output, CommonOptions.Quiet,
        };
        command.SetAction(parsed => Execute(parsed, CommandRun.Of(parsed)));
        return command;
    }

    private static int Execute(ParseResult parsed, CommandRun run)
    {
        var folders = VerifyFolders.Run(parsed.GetValue(Folders)!, run.Screen(parsed), run.Cancellation);
        var whole = folders.All(folder => folder.IsWhole);
        if (parsed.GetValue(CommonOptions.Output) == "json")
        {
            JsonText.Write(run.Output, new JsonObject { ["whole"] = whole, ["folders"] = new JsonArray([.. folders.Select(ToJson)]) });
        }
        else
        {
            foreach (var folder in folders) Write(folder, run.Output);
        }

        return whole ? ExitCode.Success : ExitCode.Corrupt;
    }

    private static void Write(VerifiedFolder folder, TextWriter output)
    {
        var version = folder.FormatVersion == 0 ? "" : FormattableString.Invariant($" version {folder.FormatVersion},");
        var format = folder.Format is null ? "" : $" {folder.Format},{version}";
        var size = FormattableString.Invariant($"{folder.Files:N0} files, {folder.Bytes:N0} bytes");
        if (folder.Problems == 0)
        {
            output.WriteLine(
                $"{folder.Folder}:{format} {size}: {(folder.IsWhole ? "intact" : "intact itself, but it contains damaged folders")}.");
        }
        else
        {
            output.WriteLine(
                FormattableString.Invariant(
                    $"{folder.Folder}:{format} {size}: {folder.Problems:N0} {(folder.Problems == 1 ? "problem" : "problems")}."));
            foreach (var sentence in folder.Sentences) output.WriteLine($"  {sentence}");
            if (folder.Problems > folder.Sentences.Count)
            {
                output.WriteLine(FormattableString.Invariant($"  … and {folder.Problems - folder.Sentences.Count:N0} more."));
            }

            output.WriteLine($"  What to do: {FolderSteps.Of(folder.Format, folder.Remedy)}.");
        }

        foreach (var note in folder.Notes) output.WriteLine($"  {note}");
        if (folder.Foreign.Count > 0)
        {
            var more = folder.Foreign.Count > MostForeign
                ? FormattableString.Invariant($" and {folder.Foreign.Count - MostForeign:N0} more")
                : "";
            output.WriteLine($"  Foreign files: {string.Join(", ", folder.Foreign.Take(MostForeign))}{more}.");
        }

        foreach (var inner in folder.Inner) Write(inner, output);
    }

    private static JsonObject ToJson(VerifiedFolder folder) => new()
    {
        ["folder"] = folder.Folder,
        ["format"] = folder.Format,
        ["format_version"] = folder.FormatVersion,
        ["files"] = folder.Files,
        ["bytes"] = folder.Bytes,
        ["whole"] = folder.IsWhole,
        ["problems"] = folder.Problems,
        ["sentences"] = new JsonArray([.. folder.Sentences.Select(sentence => (JsonNode)sentence)]),
        ["remedy"] = folder.Problems == 0 ? null : FolderSteps.Of(folder.Format, folder.Remedy),
        ["notes"] = new JsonArray([.. folder.Notes.Select(note => (JsonNode)note)]),
        ["foreign"] = new JsonArray([.. folder.Foreign.Select(path => (JsonNode)path)]),
        ["inner"] = new JsonArray([.. folder.Inner.Select(ToJson)]),
    };
}
