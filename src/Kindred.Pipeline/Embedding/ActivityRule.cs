using System.Globalization;
using Kindred.Data.Inputs;
using Kindred.Data.Populations;

namespace Kindred.Pipeline.Embedding;

/// <summary>The rule that decides which users of a population are active. The recipe keeps it, because updates must apply the same
/// rule.</summary>
/// <param name="Name">column, timestamps or everyone.</param>
/// <param name="Newest">The newest known interaction, in Unix milliseconds; null without timestamps.</param>
public sealed record ActivityRule(string Name, long? Newest)
{
    private const string RuleKey = "active_by";
    private const string NewestKey = "newest_interaction";

    /// <summary>True if a users' file states which users are active.</summary>
    public bool ByColumn => Name == "column";

    /// <summary>True if the times of interactions decide which users are active.</summary>
    public bool ByTimestamps => Name == "timestamps";

    /// <summary>True if nothing tells which users are active, so all users are.</summary>
    public bool IsEverybody => !ByColumn && !ByTimestamps;

    /// <summary>The rule for the files read; an update keeps the population's rule unless the new users' file states which users are
    /// active.</summary>
    public static ActivityRule Of(UserInput? users, InteractionInput interactions, PopulationManifest? old)
    {
        var before = old is null ? null : Of(old);
        var newest = interactions.LatestTimestamps is { Count: > 0 } latest ? latest.Max() : before?.Newest;
        if (before?.Newest > newest) newest = before.Newest;
        if (users is { SaysWhoIsActive: true } || before is { ByColumn: true }) return new ActivityRule("column", newest);
        return new ActivityRule(interactions.LatestTimestamps is null ? before?.Name ?? "everyone" : "timestamps", newest);
    }

    /// <summary>The rule of a population.</summary>
    public static ActivityRule Of(PopulationManifest population) => new(
        population.Recipe.GetValueOrDefault(RuleKey, "everyone"),
        population.Recipe.TryGetValue(NewestKey, out var text) && long.TryParse(text, CultureInfo.InvariantCulture, out var newest)
            ? newest
            : null);

    /// <summary>Returns the recipe with this rule added.</summary>
    public IReadOnlyDictionary<string, string> AddTo(IReadOnlyDictionary<string, string> recipe)
    {
        var added = new Dictionary<string, string>(recipe, StringComparer.Ordinal) { [RuleKey] = Name };
        if (Newest is { } newest) added[NewestKey] = newest.ToString(CultureInfo.InvariantCulture);
        return added;
    }
}
