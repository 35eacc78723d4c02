using Kindred.Cli.Terminal;
using Kindred.Data.Inputs;
using Kindred.Data.Populations;
using Kindred.Embeddings;
using Kindred.Populations;

namespace Kindred.Cli.Jobs;

/// <summary>Adds new interactions and new users to a population whose item embeddings stay as they are.</summary>
internal static class PopulationUpdate
{
    /// <summary>The manifest of a population that can be updated, before anything else is read.</summary>
    /// <exception cref="KindredException">Its embeddings were trained elsewhere.</exception>
    public static PopulationManifest ReadManifest(string folder)
    {
        var manifest = PopulationSnapshot.ReadManifest(folder);
        if (!ImportedPopulation.Is(manifest.Recipe)) return manifest;
        throw new KindredException(ErrorKind.BadInput,
            $"{folder} was imported: its embeddings were trained elsewhere and it has no item embeddings, so interactions cannot be folded in. " +
            "Embed the users where they were trained, and import them with `kindred import`; --space NAME keeps models usable.");
    }

    /// <param name="folder">The population to update; it is not changed.</param>
    /// <param name="newUsers">The users of the new interactions, or of the users' files given with them.</param>
    /// <param name="input">The new interactions.</param>
    /// <param name="saysWhoIsActive">Whether the users' files say who is active.</param>
    /// <param name="activity">By what users are active.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="screen">Where to write.</param>
    public static NewPopulation Run(
        string folder, UserTable newUsers, InteractionInput input, bool saysWhoIsActive, ActivityRule activity,
        EmbedRequest request, Screen screen)
    {
        using var old = PopulationSnapshot.Open(folder);
        var manifest = PopulationSnapshot.ReadManifest(folder);
        var items = PopulationSnapshot.OpenItems(folder);
        if (items is null || !manifest.HasFeatures)
        {
            throw new KindredException(ErrorKind.BadInput,
                $"{folder} keeps {(items is null ? "no item embeddings" : "no items of its users (it was made with --no-features)")}, so it cannot be updated. " +
                "Make it again from all interactions with `kindred embed`.");
        }

        var oldUsers = PopulationSnapshot.ReadUsers(folder);
        var (users, rows, unknownItems) = InteractionMerge.Merge(old, oldUsers, items.Ids, newUsers, input.Matrix, saysWhoIsActive, keepOld: activity.ByColumn && !saysWhoIsActive);
        if (unknownItems > 0) screen.Note($"Left out {unknownItems:N0} pairs with items that the population does not know: items get embeddings only when everything is trained again.");
        screen.Note($"{users.Ids.Count - oldUsers.Ids.Count:N0} users are new; the population now has {users.Ids.Count:N0}.");
        var nowhere = users.Countries.ToList().IndexOf("");
        if (nowhere >= 0 && users.Countries.Count > 1)
        {
            screen.Note($"{users.CountryOf.Count(country => country == nowhere):N0} users have no country: no audience of a country will hold them. Give their countries with --users.");
        }


        var copies = PopulationEmbedding.CopiesOf(manifest.Recipe);
        var bytes = PopulationEmbedding.FoldInBytes(users.Ids.Count, items.Ids.Count, manifest.Dimension / copies, copies);
        screen.Note($"Embedding them in dimension {manifest.Dimension} needs about {Math.Ceiling(bytes / 1e6):N0} MB of memory more, on {request.Ials.Threads} threads.");
        var updated = PopulationEmbedding.Update(
            users, new InteractionMatrix(users.Ids, items.Ids, rows), items.Embeddings, manifest.Recipe, request.Ials.Threads);
        return request.KeepFeatures ? updated : updated with { Features = null };
    }
}
