using Kindred.Populations;

namespace Kindred.SeedLists;

/// <summary>The users of a seed list that are in a population.</summary>
public sealed class SeedMatch
{
    private SeedMatch(SeedList list, UserRow[] users, int[] positions)
    {
        List = list;
        Users = users;
        Positions = positions;
    }

    /// <summary>The list as it was given.</summary>
    public SeedList List { get; }

    /// <summary>Where the matched users are, in ordinal order of their ids.</summary>
    public IReadOnlyList<UserRow> Users { get; }

    /// <summary>[matched] where each of <see cref="Users"/> stands in the list, beside its metrics.</summary>
    public IReadOnlyList<int> Positions { get; }

    /// <summary>Users of the list that the population does not know.</summary>
    public int Unmatched => List.Users.Count - Users.Count;

    /// <summary>Looks every user of the list up.</summary>
    public static SeedMatch Of(SeedList list, Population population)
    {
        var users = new List<UserRow>(list.Users.Count);
        var positions = new List<int>(list.Users.Count);
        for (var i = 0; i < list.Users.Count; i++)
        {
            if (population.Find(list.Users[i]) is not { } user) continue;
            users.Add(user);
            positions.Add(i);
        }

        return new SeedMatch(list, [.. users], [.. positions]);
    }

    /// <summary>The same list with some of its matched users only.</summary>
    /// <param name="keep">Whether to keep the matched user with this index in <see cref="Users"/>.</param>
    public SeedMatch Where(Func<int, bool> keep)
    {
        var kept = Enumerable.Range(0, Users.Count).Where(keep).ToArray();
        return new SeedMatch(List, [.. kept.Select(i => Users[i])], [.. kept.Select(i => Positions[i])]);
    }

    /// <summary>Throws if fewer than <paramref name="minimum"/> users are matched.</summary>
    /// <exception cref="SeedTooSmallException">Too few users are in the population.</exception>
    public void RequireAtLeast(int minimum)
    {
        if (Users.Count < minimum) throw new SeedTooSmallException(List.Id, List.Users.Count, Users.Count, minimum);
    }
}

/// <summary>A seed list has too few users in the population to learn from.</summary>
public sealed class SeedTooSmallException(string seedList, int given, int matched, int minimum) : KindredException(
    ErrorKind.BadInput,
    $"Seed list '{seedList}' has {given:N0} users, of which {matched:N0} are in the population; at least {minimum:N0} are needed. " +
    "Check that its ids are the population's user_id (same spelling, same leading zeros), or lower --minimum-seeds.");
