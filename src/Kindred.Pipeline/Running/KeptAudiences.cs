using Kindred.Pipeline.Planning;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Running;

/// <summary>Prevents publishing a version with far fewer audiences than the current one: a broken export must not replace good
/// audiences.</summary>
internal static class KeptAudiences
{
    private const int Shown = 3;

    // Rounding may put a share of a whole number slightly above the exact whole number.
    private const double Tolerance = 1e-9;

    /// <param name="published">The published version; null if there is none, in which case one audience is enough.</param>
    /// <param name="next">The version to publish.</param>
    /// <param name="plan">The plan. Audiences removed from the settings do not count as lost; lists missing from the files do.</param>
    /// <param name="minimum">The minimum number of audiences, each a list in a country, as a share of the published ones.</param>
    /// <exception cref="KindredException">Fewer audiences are left.</exception>
    public static void Require(RunVersion? published, RunVersion next, RunPlan plan, double minimum)
    {
        var asked = plan.Units.SelectMany(unit => unit.Countries.Select(country => new Target(unit.List, country))).ToHashSet();
        var lists = plan.Units.Select(unit => unit.List).ToHashSet(StringComparer.Ordinal);
        var before = published is null ? [] : Of(published).Where(target => !next.Paused.Contains(target.List) && (!lists.Contains(target.List) || asked.Contains(target))).ToHashSet();
        var now = Of(next);
        if (before.Count > 0 ? now.Count >= (minimum * before.Count) - Tolerance : now.Count > 0 || minimum == 0) return;
        Target[] lost =
            [.. (before.Count > 0 ? before : asked).Except(now).OrderBy(target => target.List, StringComparer.Ordinal)
                .ThenBy(target => target.Country, StringComparer.Ordinal)];
        var named = string.Join(", ", lost.Take(Shown).Select(target => $"'{target.List}'{(target.Country is { } country ? $" in {country}" : "")} ({ReasonOf(next, lists, target).TrimEnd('.')})"));
        var what = before.Count > 0
            ? FormattableString.Invariant($"in place of {Audiences(before.Count)} of version {RunStore.Name(published!.Number)}, which stays published, there would be {now.Count:N0}")
            : FormattableString.Invariant($"none of the {lost.Length:N0} requested audiences would exist");
        throw new KindredException(ErrorKind.BadInput, "too_many_audiences_lost",
            $"Nothing was published: {what}. Without: " +
                $"{named}{(lost.Length > Shown ? FormattableString.Invariant($" and {lost.Length - Shown:N0} more") : "")}.",
            FormattableString.Invariant($"Correct the inputs and run again; if the losses are right, accept them for one run, or lower 'minimum_kept', which is {minimum}."))
        {
            Values = new Dictionary<string, object?> { ["lost"] = lost.Length, ["minimum_kept"] = minimum },
        };
    }

    private static string Audiences(int count) => count == 1 ? "1 audience" : FormattableString.Invariant($"{count:N0} audiences");

    private static HashSet<Target> Of(RunVersion version) =>
        [.. version.Units.SelectMany(unit =>
            unit.Targets.Where(target => target.Sizes.Count > 0).Select(target => new Target(unit.List, target.Country)))];

    private static string ReasonOf(RunVersion version, HashSet<string> lists, Target lost)
    {
        if (!lists.Contains(lost.List)) return "it is not in the files of seed lists";
        foreach (var unit in version.Units.Where(unit => unit.List == lost.List))
        {
            if (unit.Targets.FirstOrDefault(target => target.Country == lost.Country) is { } target
                && (target.Rejected ?? target.Withheld) is { } reason)
            {
                return reason;
            }

            if (unit.Rejected is { } rejected && (unit.TrainingCountry is null || unit.TrainingCountry == lost.Country)) return rejected;
        }

        return "no reason is known";
    }

    /// <summary>A list in a country; null for all countries.</summary>
    private sealed record Target(string List, string? Country);
}
