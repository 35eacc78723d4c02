using System.CommandLine;
using Kindred.Cli.Shell;
using Kindred.Cli.Terminal;
using Kindred.Pipeline.Comparing;
using Kindred.Pipeline.Store;
using Kindred.Reports;
using Kindred.Reports.DailyRuns;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred diff</c>.</summary>
internal static class DiffCommand
{
    private const int Shown = 20;

    private static readonly Argument<string> From = new("from") { Description = "Number of a version." };
    private static readonly Argument<string> To = new("to") { Description = "Number of the version to compare it with." };

    private static readonly Option<string?> Owner = new("--owner")
    {
        Description = "Only this owner's lists, as the owner may see them: counts of people are rounded, and small counts are hidden.",
        HelpName = "NAME",
    };

    public static Command Create()
    {
        var command = new Command("diff", "Compares two versions: members gained and lost, drift of scores and of the population, and " +
            "the lists that need attention.\n\n" +
            "Examples:\n  kindred diff 2 3 --store runs\n  kindred diff 2 3 --store runs --owner acme --output json")
        {
            From, To, StoreOptions.Store, Owner, CommonOptions.Output,
        };
        command.SetAction(parsed =>
        {
            var run = CommandRun.Of(parsed);
            var difference =
                VersionDifference.Of(StoreOptions.Open(parsed), StoreOptions.Number(parsed.GetValue(From)!),
                    StoreOptions.Number(parsed.GetValue(To)!));
            var owner = parsed.GetValue(Owner);
            var counts = new ShownCounts(owner is null ? null : Math.Max(difference.From.SuppressBelow, difference.To.SuppressBelow));
            if (owner is not null) difference = difference.OfOwner(owner);
            if (parsed.GetValue(CommonOptions.Output) == "json") JsonText.Write(run.Output, DifferenceJson.Of(difference, counts));
            else Write(difference, counts, run.Output);
            return ExitCode.Success;
        });
        return command;
    }

    private static void Write(VersionDifference difference, ShownCounts counts, TextWriter output)
    {
        var (from, to) = (difference.From, difference.To);
        output.WriteLine($"Version {RunStore.Name(from.Number)} to {RunStore.Name(to.Number)}:");
        output.WriteLine(from.PopulationVersion == to.PopulationVersion
            ? "  The population is the same."
            : FormattableString.Invariant($"  Population: {counts.Text(difference.UsersGained)} users added, {counts.Text(difference.UsersLost)} removed; active users: {counts.Text(from.Countries.Sum(country => country.Active))} before, {counts.Text(to.Countries.Sum(country => country.Active))} after."));
        var changed = difference.Audiences.Where(audience => audience.Gained + audience.Lost > 0 || audience.SizeBefore != audience.SizeAfter)
            .OrderByDescending(audience => audience.Gained + audience.Lost).ToArray();
        output.WriteLine(FormattableString.Invariant($"  {changed.Length:N0} of {difference.Audiences.Count:N0} audiences have changed members{(changed.Length > 0 ? ", most changed first (active and inactive members):" : ".")}"));
        if (changed.Length > 0)
        {
            output.WriteLine();
            TextTable.Write(output, ["seed list", "country", "size", "members before", "after", "gained", "lost"],
                changed.Take(Shown).Select(audience => (string[])
            [
                audience.List, audience.Country ?? "", audience.Size, audience.Before is { } before ? counts.Text(before) : "–",
                audience.After is { } after ? counts.Text(after) : "–",
                counts.Text(audience.Gained), counts.Text(audience.Lost),
            ]));
            if (changed.Length > Shown)
            {
                output.WriteLine(FormattableString.Invariant($"… and {changed.Length - Shown:N0} more: --output json has all."));
            }
        }

        if (difference.Attention.Count == 0) return;
        output.WriteLine();
        output.WriteLine(FormattableString.Invariant($"{difference.Attention.Count:N0} need attention:"));
        foreach (var list in difference.Attention.Take(Shown))
        {
            output.WriteLine($"  {list.List}{(list.Country is null ? "" : $" in {list.Country}")} {list.Reason}");
        }

        if (difference.Attention.Count > Shown)
        {
            output.WriteLine(FormattableString.Invariant($"  … and {difference.Attention.Count - Shown:N0} more: --output json has all."));
        }
    }
}
