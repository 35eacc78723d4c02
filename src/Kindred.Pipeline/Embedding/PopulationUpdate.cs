using Kindred.Data.Forgotten;
using Kindred.Data.Inputs;
using Kindred.Data.Populations;
using Kindred.Embeddings;
using Kindred.Populations;

namespace Kindred.Pipeline.Embedding;

/// <summary>Adds new interactions and new users to a population without changing its item embeddings.</summary>
internal static class PopulationUpdate
{
    /// <summary>Reads the manifest of an updatable population, before anything else is read.</summary>
    /// <param name="folder">The population to update.</param>
    /// <param name="forgotten">Permanently deleted users.</param>
    /// <exception cref="KindredException">Its embeddings were trained elsewhere, or it holds deleted users.</exception>
    public static PopulationManifest ReadManifest(string folder, Tombstones forgotten)
    {
        var manifest = PopulationSnapshot.ReadManifest(folder);
        if (!ImportedPopulation.Is(manifest.Recipe))
        {
            RequireWithout(folder, forgotten);
            return manifest;
        }

        throw new KindredException(ErrorKind.BadInput, "population_was_imported",
            $"{folder} was imported: its embeddings were trained elsewhere and it has no item embeddings, so interactions cannot be " +
                "folded in.",
            "Embed the users where the embeddings were trained, and import them again. Use the same name of the space to keep models " +
                "usable.");
    }

    private static void RequireWithout(string folder, Tombstones forgotten)
    {
        if (forgotten.Count == 0) return;
        using var population = PopulationSnapshot.Open(folder, verify: false);
        if (forgotten.In(population) is not { Count: > 0 } found) return;
        throw new KindredException(ErrorKind.BadInput, "population_holds_deleted_users",
            FormattableString.Invariant($"{folder} holds {found.Count:N0} users who were deleted permanently, and an update would keep them."),
            "Delete them from it first, or make it again from all interactions.")
        {
            Values = new Dictionary<string, object?> { ["folder"] = folder, ["users"] = found.Count },
        };
    }

    /// <param name="folder">The population to update; it is not changed.</param>
    /// <param name="newUsers">The users of the new interactions, or of the users' files given with them.</param>
    /// <param name="input">The new interactions.</param>
    /// <param name="saysWhoIsActive">True if the users' files state which users are active.</param>
    /// <param name="activity">The rule that decides which users are active.</param>
    /// <param name="request">The request.</param>
    /// <param name="progress">Receives notes.</param>
    public static NewPopulation Run(
        string folder, UserTable newUsers, InteractionInput input, bool saysWhoIsActive, ActivityRule activity,
        EmbedRequest request, IProgressReporter progress)
    {
        using var old = PopulationSnapshot.Open(folder);
        var manifest = PopulationSnapshot.ReadManifest(folder);
        var items = PopulationSnapshot.OpenItems(folder);
        if (items is null || !manifest.HasFeatures)
        {
            throw new KindredException(ErrorKind.BadInput, "population_not_updatable",
                $"{folder} keeps {(items is null ? "no item embeddings" : "no items of its users, as it was made without them")}, so it " +
                    "cannot be updated.",
                "Make it again from all interactions.");
        }

        var oldUsers = PopulationSnapshot.ReadUsers(folder);
        var (users, rows, unknownItems) =
            InteractionMerge.Merge(old, oldUsers, items.Ids, newUsers, input.Matrix, saysWhoIsActive,
                keepOld: activity.ByColumn && !saysWhoIsActive);
        if (unknownItems > 0)
        {
            progress.Note(
                $"Left out {unknownItems:N0} pairs with items that are new to the population: only a full training embeds new items.");
        }

        progress.Note($"{users.Ids.Count - oldUsers.Ids.Count:N0} users are new; the population now has {users.Ids.Count:N0}.");
        var nowhere = users.Countries.ToList().IndexOf("");
        if (nowhere >= 0 && users.Countries.Count > 1)
        {
            progress.Note($"{users.CountryOf.Count(country => country == nowhere):N0} users have no country, so no audience of a country has them. Give their countries in a users' file.");
        }

        var copies = PopulationEmbedding.CopiesOf(manifest.Recipe);
        var bytes = PopulationEmbedding.FoldInBytes(users.Ids.Count, items.Ids.Count, manifest.Dimension / copies, copies);
        progress.Note($"Embedding them in dimension {manifest.Dimension} needs about {Math.Ceiling(bytes / 1e6):N0} MB more memory, on {request.Ials.Threads} threads.");
        var updated = PopulationEmbedding.Update(
            users, new InteractionMatrix(users.Ids, items.Ids, rows), items.Embeddings, manifest.Recipe, request.Ials.Threads);
        return request.KeepFeatures ? updated : updated with { Features = null };
    }
}
