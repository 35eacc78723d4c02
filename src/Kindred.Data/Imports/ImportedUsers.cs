using Kindred.Data.Forgotten;
using Kindred.Data.Inputs;
using Kindred.Populations;

namespace Kindred.Data.Imports;

/// <summary>The users of a population of imported embeddings: those with an embedding who are also in the users' files, if there are
/// any.</summary>
/// <param name="Users">The users, in canonical order.</param>
/// <param name="SaysWhoIsActive">True if a column marked active users.</param>
/// <param name="Counts">[users] activity counts, or null.</param>
/// <param name="Rows">[users] the row of each user's vector.</param>
/// <param name="WithoutEmbedding">The number of users of the users' files who have no embedding and are left out.</param>
/// <param name="Unknown">The number of embeddings that are left out because the users' files lack their users.</param>
public sealed record ImportedUsers(UserTable Users, bool SaysWhoIsActive, float[]? Counts, int[] Rows, int WithoutEmbedding, int Unknown)
{
    /// <summary>Joins embeddings and users.</summary>
    /// <param name="embeddings">Embeddings and their users.</param>
    /// <param name="users">The contents of the users' files; null if there are none.</param>
    /// <param name="forgotten">Users who are left out, as if they were in no file; null for none.</param>
    /// <exception cref="KindredException">No user is in both.</exception>
    public static ImportedUsers Join(EmbeddingInput embeddings, UserInput? users, Tombstones? forgotten = null)
    {
        var joined = Join(embeddings, users);
        if (forgotten is not { Count: > 0 }) return joined;
        int[] kept = [.. Enumerable.Range(0, joined.Users.Ids.Count).Where(user => !forgotten.Contains(joined.Users.Ids[user]))];
        return kept.Length == joined.Users.Ids.Count ? joined : joined with
        {
            Users = Select(joined.Users, kept),
            Counts = joined.Counts is { } counts ? Array.ConvertAll(kept, user => counts[user]) : null,
            Rows = Array.ConvertAll(kept, user => joined.Rows[user]),
        };
    }

    private static ImportedUsers Join(EmbeddingInput embeddings, UserInput? users)
    {
        var own = embeddings.Users;
        if (users is null) return new ImportedUsers(own.Users, own.SaysWhoIsActive, own.Counts, [.. embeddings.Rows], 0, 0);
        var (known, embedded) = Common(users.Users.Ids, own.Users.Ids);
        if (known.Length == 0)
        {
            var (theirs, ours) = (users.Users.Ids.GetString(0), own.Users.Ids.GetString(0));
            throw new KindredException(ErrorKind.BadInput, "no_user_in_common",
                FormattableString.Invariant($"None of the {own.Users.Ids.Count:N0} users of {embeddings.File} ") +
                FormattableString.Invariant($"is among the {users.Users.Ids.Count:N0} of the users' files: ") +
                $"there an id looks like '{theirs}', here like '{ours}'.",
                "Ids are compared byte for byte: write ids the same way in both.")
            {
                Values = new Dictionary<string, object?> { ["file"] = embeddings.File },
            };
        }

        return new ImportedUsers(
            known.Length == users.Users.Ids.Count ? users.Users : Select(users.Users, known),
            users.SaysWhoIsActive,
            users.Counts is not null ? Array.ConvertAll(known, user => users.Counts[user])
                : own.Counts is not null ? Array.ConvertAll(embedded, user => own.Counts[user]) : null,
            Array.ConvertAll(embedded, user => embeddings.Rows[user]),
            users.Users.Ids.Count - known.Length, own.Users.Ids.Count - embedded.Length);
    }

    /// <summary>Finds the positions of common ids in two lists in ordinal order.</summary>
    private static (int[] One, int[] Other) Common(IdList one, IdList other)
    {
        var (ones, others) = (new List<int>(one.Count), new List<int>(one.Count));
        for (int i = 0, j = 0; i < one.Count && j < other.Count;)
        {
            var order = one[i].SequenceCompareTo(other[j]);
            if (order == 0)
            {
                ones.Add(i);
                others.Add(j);
            }

            if (order <= 0) i++;
            if (order >= 0) j++;
        }

        return ([.. ones], [.. others]);
    }

    // A country whose users have no embeddings is not in the population.
    private static UserTable Select(UserTable users, int[] chosen)
    {
        var numbers = chosen.Select(user => users.CountryOf[user]).Distinct().Order().ToArray();
        var numberOf = numbers.Select((old, number) => (old, number)).ToDictionary();
        return new UserTable(
            users.Ids.Select(chosen),
            [.. numbers.Select(number => users.Countries[number])],
            Array.ConvertAll(chosen, user => numberOf[users.CountryOf[user]]),
            Array.ConvertAll(chosen, user => users.Active[user]),
            users.Attributes.ToDictionary(pair => pair.Key, pair => Array.ConvertAll(chosen, user => pair.Value[user]),
                StringComparer.Ordinal));
    }
}
