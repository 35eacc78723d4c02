using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Kindred.Populations;

namespace Kindred.Embeddings;

/// <summary>Creates a population from embeddings that were trained elsewhere.</summary>
public static class ImportedPopulation
{
    /// <summary>The method in the recipe of such a population.</summary>
    public const string Method = "imported";

    private const string SpaceName = "space";
    private const string ActivityKey = "activity";

    /// <summary>Combines all data of the users.</summary>
    /// <param name="users">The users.</param>
    /// <param name="embeddings">Their embeddings, in the same order.</param>
    /// <param name="counts">[users] counts of interactions, 0 or more; null if unknown: models then read only the embedding, and 0 as the
    /// activity.</param>
    /// <param name="space">The caller's name of the space of these embeddings: all imports with one name, length and kind of activity can
    /// be compared, and models fit them. Null for a separate space.</param>
    /// <param name="content">A hash of the embeddings and their users, which names the space if it has no other name.</param>
    public static NewPopulation Of(UserTable users, IUserEmbeddings embeddings, float[]? counts, string? space, UInt128 content)
    {
        var activity = counts is not null ? Activity.OfCounts(counts) : ([], new ActivityScale(0, 1));
        var recipe = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["method"] = Method,
            ["dimension"] = embeddings.Dimension.ToString(CultureInfo.InvariantCulture),
            [ActivityKey] = counts is not null ? "counts" : "none",
        };
        if (space is not null) recipe[SpaceName] = space;
        recipe[PopulationEmbedding.SpaceKey] = Space(space is null ? $"content {content:x32}" : $"name {space}", recipe);
        return new NewPopulation
        {
            Users = users,
            Embeddings = embeddings,
            Activity = activity.Values,
            ActivityScale = activity.Scale,
            Recipe = recipe,
        };
    }

    /// <summary>Tells whether the embeddings of a recipe were trained elsewhere, so that users cannot be folded in.</summary>
    public static bool Is(IReadOnlyDictionary<string, string> recipe) => recipe.GetValueOrDefault("method") == Method;

    // A model that was trained with the activity needs it.
    private static string Space(string name, Dictionary<string, string> recipe) =>
        Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes($"{Method}\0{name}\0{recipe["dimension"]}\0{recipe[ActivityKey]}")));
}
