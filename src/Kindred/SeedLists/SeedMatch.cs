using Kindred.Populations;

namespace Kindred.SeedLists;

/// <summary>The users of a seed list that are in a population.</summary>
public sealed class SeedMatch
{
    private SeedMatch(SeedList list, UserRow[] users, int[] positions, int matched)
    {
        Matched = matched;
        List = list;
        Users = users;
        Positions = positions;
    }

    /// <summary>The list as it was given.</summary>
    public SeedList List { get; }

    /// <summary>The places of the matched users, in ordinal order of their ids.</summary>
    public IReadOnlyList<UserRow> Users { get; }

    /// <summary>[matched] the position of each of <see cref="Users"/> in the list and its metrics.</summary>
    public IReadOnlyList<int> Positions { get; }

    /// <summary>Users of the list that are in the population, held out or not.</summary>
    public int Matched { get; }

    /// <summary>Looks up every user of the list.</summary>
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

        return new SeedMatch(list, [.. users], [.. positions], users.Count);
    }

    /// <summary>Creates a list of users that are known to be in the population.</summary>
    /// <param name="id">The list's name.</param>
    /// <param name="users">Distinct users.</param>
    /// <param name="population">Their population.</param>
    public static SeedMatch Of(string id, IEnumerable<UserRow> users, Population population)
    {
        var rows = users.ToArray();
        Array.Sort(rows, (a, b) => population.UserId(a).SequenceCompareTo(population.UserId(b)));
        var ids = IdList.From(rows.Select(user => System.Text.Encoding.UTF8.GetString(population.UserId(user))));
        return new SeedMatch(
            new SeedList(id, ids, new Dictionary<string, float[]>()), rows, [.. Enumerable.Range(0, rows.Length)], rows.Length);
    }

    /// <summary>The same list with some of its matched users only.</summary>
    /// <param name="keep">Returns true for the indexes in <see cref="Users"/> of the users to keep.</param>
    public SeedMatch Where(Func<int, bool> keep)
    {
        var kept = Enumerable.Range(0, Users.Count).Where(keep).ToArray();
        return new SeedMatch(List, [.. kept.Select(i => Users[i])], [.. kept.Select(i => Positions[i])], Matched);
    }

    /// <summary>The same list with its users of one country only.</summary>
    /// <param name="population">The population that it was matched to.</param>
    /// <param name="country">Index in <see cref="Population.Countries"/>.</param>
    public SeedMatch InCountry(Population population, int country) =>
        Where(i => population.Shards[Users[i].Shard].CountryOf(Users[i].Row) == country);

    /// <summary>Throws if these are fewer than <paramref name="minimum"/> users.</summary>
    /// <exception cref="SeedTooSmallException">Too few users are in the population, or left of them.</exception>
    public void RequireAtLeast(int minimum)
    {
        if (Users.Count < minimum) throw new SeedTooSmallException(List.Id, List.Given, Matched, Users.Count, minimum);
    }
}

/// <summary>A seed list has too few users in the population to learn from.</summary>
public sealed class SeedTooSmallException : KindredException
{
    /// <summary>Creates the error.</summary>
    /// <param name="seedList">The seed list.</param>
    /// <param name="given">Its users.</param>
    /// <param name="matched">Those of them in the population.</param>
    /// <param name="left">Those of them who are not held out.</param>
    /// <param name="minimum">Users that are needed.</param>
    public SeedTooSmallException(string seedList, int given, int matched, int left, int minimum)
        : base(
            ErrorKind.BadInput, "seed_list_too_small",
            $"Seed list '{seedList}' has {given:N0} users, of which {matched:N0} are in the population" +
            (left < matched ? $" and {left:N0} are not held out" : "") + $"; at least {minimum:N0} are needed.",
            Cause(given, matched, left, minimum) + ", or lower the minimum number of seeds.")
    {
        Values = new Dictionary<string, object?>
        {
            ["seed_list"] = seedList,
            ["given"] = given,
            ["matched"] = matched,
            ["left"] = left,
            ["minimum"] = minimum,
            ["cause"] = Cause(given, matched, left, minimum),
        };
    }

    private static string Cause(int given, int matched, int left, int minimum) =>
        left < matched && matched >= minimum ? "Hold fewer of them out"
        : matched < given ? "Check that its ids are the population's user_id (same spelling, same leading zeros)"
        : "Give it more users";
}
