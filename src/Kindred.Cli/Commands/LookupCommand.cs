using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Kindred.Cli.Shell;
using Kindred.Cli.Terminal;
using Kindred.Data.Tables;
using Kindred.Pipeline.Serving;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred lookup</c>.</summary>
internal static class LookupCommand
{
    private static readonly IdsArgument Users = new("user") { Description = "Users' ids; or -, for those of standard input: one a line, or CSV with user_id.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string?> Version = new("--version-number") { Description = "The version to look into. Default: the current one.", HelpName = "N" };

    public static Command Create()
    {
        var command = new Command("lookup", "Says which published audiences users are in.\n\n" +
            "Examples:\n  kindred lookup u0000017 --store runs\n  kindred lookup u0000017 u0000018 --store runs --output json\n" +
            "  cut -d, -f1 customers.csv | kindred lookup - --store runs")
        {
            Users, ColumnOptions.User, StoreOptions.Store, Version, CommonOptions.Output,
        };
        command.SetAction(parsed =>
        {
            var run = CommandRun.Of(parsed);
            if (!parsed.GetValue(Users)!.Contains(StandardInput.Name)) CommonOptions.Refuse(parsed, [ColumnOptions.User], "it is about ids from standard input, for which - stands.");
            var store = StoreOptions.Open(parsed);
            using var version = PublishedVersion.Open(store, StoreOptions.NumberOrCurrent(store, parsed.GetValue(Version)), verify: false);
            var users = parsed.GetValue(Users)!.SelectMany(user => user == StandardInput.Name ? StandardInput.ReadIds(ColumnOptions.Of(parsed).User, run.Cancellation) : [user]);
            var answers = users.Select(user => (User: user, Audiences: Find(version, user)));
            if (parsed.GetValue(CommonOptions.Output) == "json") JsonText.Write(run.Output, ToJson(version, answers));
            else foreach (var (user, audiences) in answers) Write(version, user, audiences, run.Output);
            return ExitCode.Success;
        });
        return command;
    }

    private static int[]? Find(PublishedVersion version, string user)
    {
        var audiences = new int[version.Index.MostAudiences];
        var count = version.Index.Find(Encoding.UTF8.GetBytes(user), audiences);
        return count < 0 ? null : audiences[..count];
    }

    private static void Write(PublishedVersion version, string user, int[]? audiences, TextWriter output)
    {
        output.WriteLine(audiences is null ? $"{user} is not known." : FormattableString.Invariant($"{user} is in {audiences.Length:N0} {(audiences.Length == 1 ? "audience" : "audiences")}{(audiences.Length > 0 ? ":" : ".")}"));
        foreach (var audience in audiences ?? [])
        {
            var (list, country, size) = (version.Audiences[audience].SeedListId, version.Audiences[audience].Country, version.Audiences[audience].Size);
            output.WriteLine($"  {list}{(country is null ? "" : $" in {country}")}: {size}");
        }
    }

    private static JsonObject ToJson(PublishedVersion version, IEnumerable<(string User, int[]? Audiences)> answers) => new()
    {
        ["version"] = version.Version.Number,
        ["users"] = new JsonArray([.. answers.Select(answer => new JsonObject
        {
            ["user_id"] = answer.User,
            ["known"] = answer.Audiences is not null,
            ["audiences"] = new JsonArray([.. (answer.Audiences ?? []).Select(audience => new JsonObject
            {
                ["list"] = version.Audiences[audience].SeedListId,
                ["country"] = version.Audiences[audience].Country,
                ["size"] = version.Audiences[audience].Size,
            })]),
        })]),
    };
}
