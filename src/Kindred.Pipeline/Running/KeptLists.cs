using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Running;

/// <summary>Keeps a version from being published by which most lists would lose their audiences: a broken export must not replace what is good.</summary>
internal static class KeptLists
{
    private const int ListsShown = 3;

    /// <param name="published">The published version; null where there is none, and one list with an audience is enough.</param>
    /// <param name="next">What would be published.</param>
    /// <param name="minimum">The least share of the published lists, without those that are paused now, that must have an audience again.</param>
    /// <exception cref="KindredException">There are fewer.</exception>
    public static void Require(RunVersion? published, RunVersion next, double minimum)
    {
        var kept = WithAudience(next);
        var before = published is null ? [] : WithAudience(published).Except(next.Paused).ToArray();
        string[] lost = before.Length > 0 ? [.. before.Except(kept)] : [.. next.Units.Select(unit => unit.List).Distinct().Except(kept)];
        lost = [.. lost.Order(StringComparer.Ordinal)];
        if (before.Length > 0 ? before.Length - lost.Length >= minimum * before.Length : kept.Count > 0 || lost.Length == 0 || minimum == 0) return;
        var reasons = string.Join("; ", lost.Take(ListsShown).Select(list => $"'{list}': {ReasonOf(next, list).TrimEnd('.')}"));
        var more = lost.Length > ListsShown ? FormattableString.Invariant($"; and {lost.Length - ListsShown:N0} more") : "";
        var what = before.Length > 0
            ? FormattableString.Invariant($"{lost.Length:N0} of the {before.Length:N0} lists that have an audience in version {RunStore.Name(published!.Number)} would have none")
            : FormattableString.Invariant($"none of the {lost.Length:N0} lists would have an audience");
        throw new KindredException(ErrorKind.BadInput,
            $"Nothing was published{(published is null ? "" : $", version {RunStore.Name(published.Number)} stays")}: {what}. {reasons}{more}. " +
            FormattableString.Invariant($"Mend the inputs and run again; or, if it is right so, set 'minimum_kept' (it is {minimum}) to the share of lists that may be left."));
    }

    private static HashSet<string> WithAudience(RunVersion version) =>
        [.. version.Units.Where(unit => unit.Targets.Any(target => target.Sizes.Count > 0)).Select(unit => unit.List)];

    private static string ReasonOf(RunVersion version, string list)
    {
        var units = version.Units.Where(unit => unit.List == list).ToArray();
        if (units.Length == 0) return "it is not in the files of seed lists";
        return units.Select(unit => unit.Rejected ?? unit.Targets.Select(target => target.Rejected ?? target.Withheld).FirstOrDefault(reason => reason is not null)).FirstOrDefault(reason => reason is not null) ?? "no reason is known";
    }
}
