using System.CommandLine;
using System.Text.Json.Nodes;
using Kindred.Cli.Terminal;
using Kindred.Pipeline.Comparing;
using Kindred.Pipeline.Store;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred diff</c>.</summary>
internal static class DiffCommand
{
    private const int Shown = 20;

    private static readonly Argument<string> From = new("from") { Description = "Number of a version." };
    private static readonly Argument<string> To = new("to") { Description = "Number of another one." };

    public static Command Create(CommandRun run)
    {
        var command = new Command("diff", "Compares two versions: members gained and lost, drift of scores and of the population, and the lists that need attention.\n\n" +
            "Examples:\n  kindred diff 2 3 --store runs\n  kindred diff 2 3 --store runs --output json")
        {
            From, To, StoreOptions.Store, CommonOptions.Output,
        };
        command.SetAction(parsed =>
        {
            var difference = VersionDifference.Of(StoreOptions.Open(parsed), StoreOptions.Number(parsed.GetValue(From)!), StoreOptions.Number(parsed.GetValue(To)!));
            if (parsed.GetValue(CommonOptions.Output) == "json") JsonText.Write(run.Output, ToJson(difference));
            else Write(difference, run.Output);
            return ExitCode.Success;
        });
        return command;
    }

    private static void Write(VersionDifference difference, TextWriter output)
    {
        var (from, to) = (difference.From, difference.To);
        output.WriteLine($"Version {RunStore.Name(from.Number)} to {RunStore.Name(to.Number)}:");
        output.WriteLine(from.PopulationVersion == to.PopulationVersion
            ? "  The population is the same."
            : FormattableString.Invariant($"  Population: {difference.UsersGained:N0} users came, {difference.UsersLost:N0} went; {from.Countries.Sum(country => country.Active):N0} were active, {to.Countries.Sum(country => country.Active):N0} are."));
        var changed = difference.Audiences.Where(audience => audience.Gained + audience.Lost > 0 || audience.Before != audience.After).OrderByDescending(audience => audience.Gained + audience.Lost).ToArray();
        output.WriteLine(FormattableString.Invariant($"  {changed.Length:N0} of {difference.Audiences.Count:N0} audiences have other members{(changed.Length > 0 ? ", most changed first (members are active or not):" : ".")}"));
        if (changed.Length > 0)
        {
            output.WriteLine();
            TextTable.Write(output, ["seed list", "country", "size", "users before", "after", "gained", "lost"], changed.Take(Shown).Select(audience => (string[])
            [
                audience.List, audience.Country ?? "", audience.Size, audience.Before is { } before ? TextTable.Count(before) : "–", audience.After is { } after ? TextTable.Count(after) : "–",
                TextTable.Count(audience.Gained), TextTable.Count(audience.Lost),
            ]));
            if (changed.Length > Shown) output.WriteLine(FormattableString.Invariant($"… and {changed.Length - Shown:N0} more: --output json has all."));
        }

        if (difference.Attention.Count == 0) return;
        output.WriteLine();
        output.WriteLine(FormattableString.Invariant($"{difference.Attention.Count:N0} need attention:"));
        foreach (var list in difference.Attention.Take(Shown)) output.WriteLine($"  {list.List}{(list.Country is null ? "" : $" in {list.Country}")} {list.Reason}");
        if (difference.Attention.Count > Shown) output.WriteLine(FormattableString.Invariant($"  … and {difference.Attention.Count - Shown:N0} more: --output json has all."));
    }

    private static JsonObject ToJson(VersionDifference difference) => new()
    {
        ["from"] = difference.From.Number,
        ["to"] = difference.To.Number,
        ["same_population"] = difference.From.PopulationVersion == difference.To.PopulationVersion,
        ["users_gained"] = difference.UsersGained,
        ["users_lost"] = difference.UsersLost,
        ["audiences"] = new JsonArray([.. difference.Audiences.Select(audience => new JsonObject
        {
            ["list"] = audience.List,
            ["country"] = audience.Country,
            ["size"] = audience.Size,
            ["users_before"] = audience.Before,
            ["users_after"] = audience.After,
            ["gained"] = audience.Gained,
            ["lost"] = audience.Lost,
        })]),
        ["attention"] = new JsonArray([.. difference.Attention.Select(list => new JsonObject { ["list"] = list.List, ["country"] = list.Country, ["reason"] = list.Reason })]),
    };
}
