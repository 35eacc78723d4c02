using Kindred.Pipeline.Settings;

namespace Kindred.Pipeline.Planning;

/// <summary>Limits the lists of an owner, so that an export with one list per user, or a wrong column, does not take the memory and time of
/// everybody else's lists.</summary>
internal static class OwnerLimit
{
    /// <exception cref="KindredException">An owner has too many lists; the one with the most is named.</exception>
    public static void Require(RunSettings settings, SeedTable table)
    {
        // Nobody can have too many.
        if (table.Count <= settings.MaxListsPerOwner) return;
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < table.Count; i++)
        {
            var own = settings.Of(table.IdOf(i));
            if (!own.Schedule.IsPaused) counts[own.Owner] = counts.GetValueOrDefault(own.Owner) + 1;
        }

        var (owner, lists) = counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).FirstOrDefault();
        if (lists <= settings.MaxListsPerOwner) return;
        var whose = owner.Length == 0
            ? FormattableString.Invariant($"{lists:N0} seed lists have no owner, but lists without an owner")
            : FormattableString.Invariant($"Owner '{owner}' has {lists:N0} seed lists, but lists of one owner");
        throw new KindredException(ErrorKind.BadInput, "too_many_lists",
            FormattableString.Invariant($"{whose} may be at most {settings.MaxListsPerOwner:N0}. Nothing was started."),
            "Check that the right column names the lists. If it does, pause or merge some lists, or raise 'max_lists_per_owner'.")
        {
            Values = new Dictionary<string, object?> { ["owner"] = owner, ["lists"] = lists, ["maximum"] = settings.MaxListsPerOwner },
        };
    }
}
