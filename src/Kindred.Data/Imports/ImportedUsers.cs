using Kindred.Data.Inputs;
using Kindred.Populations;

namespace Kindred.Data.Imports;

/// <summary>The users of a population of imported embeddings: those who have one, and whom the users' files know if there are such.</summary>
/// <param name="Users">The users, in canonical order.</param>
/// <param name="SaysWhoIsActive">Whether a column said who is active.</param>
/// <param name="Counts">[users] how much each did, or null.</param>
/// <param name="Rows">[users] the row of each one's vector.</param>
/// <param name="WithoutEmbedding">Users of the users' files who have none and are left out.</param>
/// <param name="Unknown">Embeddings of users whom the users' files do not have, which are left out.</param>
public sealed record ImportedUsers(UserTable Users, bool SaysWhoIsActive, float[]? Counts, int[] Rows, int WithoutEmbedding, int Unknown)
{
    /// <summary>Puts embeddings and users together.</summary>
    /// <param name="embeddings">Embeddings and whose they are.</param>
    /// <param name="users">What the users' files say; null where there are none.</param>
    /// <exception cref="KindredException">Nobody is in both.</exception>
    public static ImportedUsers Join(EmbeddingInput embeddings, UserInput? users)
    {
        var own = embeddings.Users;
        if (users is null) return new ImportedUsers(own.Users, own.SaysWhoIsActive, own.Counts, [.. embeddings.Rows], 0, 0);
        var (known, embedded) = Common(users.Users.Ids, own.Users.Ids);
        if (known.Length == 0)
        {
            throw new KindredException(ErrorKind.BadInput, FormattableString.Invariant(
                $"None of the {own.Users.Ids.Count:N0} users of {embeddings.File} is among the {users.Users.Ids.Count:N0} of the users' files: there an id looks like '{users.Users.Ids.GetString(0)}', here like '{own.Users.Ids.GetString(0)}'. Ids are compared byte for byte: write ids the same way in both."));
        }

        return new ImportedUsers(
            known.Length == users.Users.Ids.Count ? users.Users : Select(users.Users, known),
            users.SaysWhoIsActive,
            users.Counts is not null ? Array.ConvertAll(known, user => users.Counts[user]) : own.Counts is not null ? Array.ConvertAll(embedded, user => own.Counts[user]) : null,
            Array.ConvertAll(embedded, user => embeddings.Rows[user]),
            users.Users.Ids.Count - known.Length, own.Users.Ids.Count - embedded.Length);
    }

    /// <summary>The numbers that the same ids have in two lists in ordinal order.</summary>
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

    // A country whose users have no embeddings is none of the population.
    private static UserTable Select(UserTable users, int[] chosen)
    {
        var numbers = chosen.Select(user => users.CountryOf[user]).Distinct().Order().ToArray();
        var numberOf = numbers.Select((old, number) => (old, number)).ToDictionary();
        return new UserTable(
            users.Ids.Select(chosen),
            [.. numbers.Select(number => users.Countries[number])],
            Array.ConvertAll(chosen, user => numberOf[users.CountryOf[user]]),
            Array.ConvertAll(chosen, user => users.Active[user]),
            users.Attributes.ToDictionary(pair => pair.Key, pair => Array.ConvertAll(chosen, user => pair.Value[user]), StringComparer.Ordinal));
    }
}
