using System.CommandLine;
using System.Text.Json.Nodes;
using Kindred.App.DailyRuns;
using Kindred.Cli.Shell;
using Kindred.Data.Tables;
using Kindred.Reports;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred forget</c>.</summary>
internal static class ForgetCommand
{
    private static readonly Argument<string[]> Users = new("user") { Description = "Users' ids.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<string[]> Files = CommonOptions.Tables("--users", "Files of ids: CSV, JSON lines or Parquet with a " +
        "column user_id. Unlike arguments, they are not stored in the shell's history.");
    private static readonly Option<string?> Settings =
        new("--settings") { Description = "Settings of the daily run: its store, and its population.", HelpName = "FILE" };
    private static readonly Option<string?> Store =
        new("--store") { Description = "The store, if no settings are given.", HelpName = "DIR" };
    private static readonly Option<string[]> Also =
        CommonOptions.Several("--also", "Further folders that Kindred wrote, to rewrite without the users: populations, models, audiences, " +
            "inspections and all others.", "DIR…");

    public static Command Create()
    {
        var command = new Command("forget", "Deletes users permanently from everything that a daily run keeps and publishes. Rollbacks " +
            "and repeated imports do not restore them.\n\n" +
            "Models that keep embeddings or items of single seeds are deleted with a seed of theirs; other models are sums over all " +
                "seeds, and the next training does not use the deleted ones. If the deletion is stopped or fails, the next run or the " +
                "same command finishes it. A record keeps the time and the number of users, never their ids.\n\n" +
            "Examples:\n  kindred forget u0000017 --settings run.yaml\n  kindred forget --users leavers.csv --store runs --also " +
                "population models")
        {
            Users, Files, ColumnOptions.User, TableOptions.NormalizeIds, TableOptions.MissingIds, Settings, Store, Also, StoreOptions.Wait, CommonOptions.Output, CommonOptions.Quiet,
        };
        command.SetAction(parsed => Execute(parsed, CommandRun.Of(parsed)));
        return command;
    }

    private static int Execute(ParseResult parsed, CommandRun run)
    {
        if (parsed.GetValue(Users)!.Contains(StandardInput.Name))
        {
            throw new UsageException("'-' is not a user id. To read ids from standard input, use --users -.");
        }

        if (parsed.GetValue(Files) is not { Length: > 0 }) CommonOptions.Refuse(parsed, [ColumnOptions.User], "it needs --users.");
        var (asked, folders, outcome) = ForgetUsers.Run(new ForgetRequest
        {
            Users = parsed.GetValue(Users)!,
            Files = parsed.GetValue(Files) ?? [],
            Column = parsed.GetValue(ColumnOptions.User),
            Rules = TableOptions.Of(parsed) is { Key.Length: > 0 } rules ? rules : null,
            Settings = parsed.GetValue(Settings),
            Store = parsed.GetValue(Store),
            Also = parsed.GetValue(Also) ?? [],
            Wait = StoreOptions.WaitOf(parsed, run),
        }, Environment.UserName, run.Cancellation);
        if (parsed.GetValue(CommonOptions.Output) == "json")
        {
            JsonText.Write(run.Output, new JsonObject
            {
                ["asked_for"] = asked,
                ["forgotten_in_all"] = outcome.Forgotten,
                ["versions"] = new JsonArray([.. outcome.Versions.Select(number => (JsonNode)number)]),
                ["folders"] = new JsonArray([.. outcome.Folders.Select(folder =>
                    new JsonObject { ["folder"] = folder.Folder, ["users"] = folder.Users })]),
                ["deleted_models"] = new JsonArray([.. outcome.DeletedModels.Select(list => (JsonNode)list)]),
            });
        }
        else
        {
            run.Output.WriteLine(FormattableString.Invariant($"{asked:N0} {(asked == 1 ? "user is" : "users are")} forgotten; {outcome.Forgotten:N0} in total. {outcome.Versions.Count:N0} {(outcome.Versions.Count == 1 ? "version was" : "versions were")} rewritten."));
            if (folders.Count > 0 && outcome.Folders.Count == 0) run.Output.WriteLine($"None of the users was found in {string.Join(", ", folders)}. If you expected otherwise, check how the ids are written.");
            foreach (var (folder, users) in outcome.Folders)
            {
                run.Output.WriteLine(FormattableString.Invariant($"  {folder}: removed {users:N0} {(users == 1 ? "row" : "rows")} of the users."));
            }

            if (outcome.DeletedModels is { Count: > 0 } models)
            {
                var named = string.Join(", ", models.Take(10)) + (models.Count > 10 ? ", …" : "");
                run.Output.WriteLine(FormattableString.Invariant(
                    $"  Deleted {models.Count:N0} models that held the users' embeddings or items: {named}. Train them again."));
            }
        }

        return ExitCode.Success;
    }
}
