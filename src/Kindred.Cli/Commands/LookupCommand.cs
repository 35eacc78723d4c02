using System.CommandLine;
using Kindred.App.DailyRuns;
using Kindred.Audiences;
using Kindred.Cli.Shell;
using Kindred.Data.Tables;
using Kindred.Reports;
using Kindred.Reports.DailyRuns;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred lookup</c>.</summary>
internal static class LookupCommand
{
    private static readonly IdsArgument Users = new("user")
    {
        Description = "User ids. Use - to read them from standard input: one per line, or CSV with user_id.",
        Arity = ArgumentArity.OneOrMore,
    };
    private static readonly Option<string?> Version =
        new("--version-number") { Description = "The version to query. Default: the current version.", HelpName = "N" };

    public static Command Create()
    {
        var command = new Command("lookup", "Looks up the published audiences of users.\n\n" +
            "Examples:\n  kindred lookup u0000017 --store runs\n  kindred lookup u0000017 u0000018 --store runs --output json\n" +
            "  cut -d, -f1 customers.csv | kindred lookup - --store runs")
        {
            Users, ColumnOptions.User, TableOptions.NormalizeIds, StoreOptions.Store, Version, CommonOptions.Output,
        };
        command.SetAction(parsed =>
        {
            var run = CommandRun.Of(parsed);
            if (!parsed.GetValue(Users)!.Contains(StandardInput.Name))
            {
                CommonOptions.Refuse(parsed, [ColumnOptions.User], "it needs -, which reads ids from standard input.");
            }

            using var lookup =
                AudienceLookup.Open(parsed.GetValue(StoreOptions.Store)!,
                    parsed.GetValue(Version) is { } number ? StoreOptions.Number(number) : null);
            var columns = ColumnOptions.Of(parsed);
            var users = parsed.GetValue(Users)!.SelectMany(user =>
                user == StandardInput.Name ? StandardInput.ReadIds(columns.User, columns.Rules, run.Cancellation) : [columns.Rules.Ids.Apply(user)]);
            var answers = users.Select(user => (User: user, Audiences: lookup.Find(user)));
            if (parsed.GetValue(CommonOptions.Output) == "json") JsonText.Write(run.Output, LookupJson.Of(lookup.Version, answers));
            else foreach (var (user, audiences) in answers) Write(user, audiences, run.Output);
            return ExitCode.Success;
        });
        return command;
    }

    private static void Write(string user, IReadOnlyList<PublishedAudience>? audiences, TextWriter output)
    {
        output.WriteLine(audiences is null ? $"{user} is not known." : FormattableString.Invariant($"{user} is in {audiences.Count:N0} {(audiences.Count == 1 ? "audience" : "audiences")}{(audiences.Count > 0 ? ":" : ".")}"));
        foreach (var audience in audiences ?? [])
        {
            output.WriteLine($"  {audience.SeedListId}{(audience.Country is null ? "" : $" in {audience.Country}")}: {audience.Size}");
        }
    }
}
