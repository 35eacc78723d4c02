using Kindred.Populations;

namespace Kindred.Embeddings;

/// <summary>Merges earlier and new interactions of users.</summary>
public static class InteractionMerge
{
    /// <summary>The users and rows of a population with new interactions added.</summary>
    /// <param name="population">The population, with its users' items.</param>
    /// <param name="oldUsers">Its users in ordinal order.</param>
    /// <param name="items">Its items in ordinal order; only these are kept.</param>
    /// <param name="newUsers">The users of <paramref name="added"/>.</param>
    /// <param name="added">New interactions; weights of known pairs are added up, and pairs with a sum of zero or less are left
    /// out.</param>
    /// <param name="saysWhoIsActive">True if <paramref name="newUsers"/> decides which users are active; if not, active users stay
    /// active.</param>
    /// <param name="keepOld">True if new interactions do not make known users active, because a users' file marked active users.</param>
    /// <returns>All users, their rows over <paramref name="items"/>, and how many pairs have unknown items.</returns>
    public static (UserTable Users, SparseRows Rows, long UnknownItems) Merge(
        Population population, UserTable oldUsers, IdList items, UserTable newUsers, InteractionMatrix added, bool saysWhoIsActive,
        bool keepOld = false)
    {
        var itemNumbers = Numbers(added.Items, items);
        var users = MergeUsers(oldUsers, newUsers, saysWhoIsActive, keepOld);
        var starts = new List<long>(users.Ids.Count + 1) { 0 };
        var columns = new List<int>();
        var weights = new List<float>();
        var unknown = 0L;
        var next = 0;
        var row = new SortedDictionary<int, float>();
        for (var i = 0; i < users.Ids.Count; i++)
        {
            row.Clear();
            var id = users.Ids[i];
            if (population.Find(id) is { } user) AddOld(population.Shards[user.Shard].Features!, user.Row);
            while (next < added.Users.Count && added.Users[next].SequenceCompareTo(id) < 0) next++;
            if (next < added.Users.Count && added.Users[next].SequenceEqual(id)) AddNew(next);
            foreach (var (column, weight) in row)
            {
                if (weight <= 0) continue;
                columns.Add(column);
                weights.Add(weight);
            }

            starts.Add(columns.Count);
        }

        return (users, new SparseRows(starts.ToArray(), columns.ToArray(), weights.ToArray()), unknown);

        void AddOld(SparseRows rows, int from)
        {
            for (var i = 0; i < rows.ColumnsOf(from).Length; i++) row[rows.ColumnsOf(from)[i]] = rows.WeightsOf(from)[i];
        }

        void AddNew(int from)
        {
            for (var i = 0; i < added.Rows.ColumnsOf(from).Length; i++)
            {
                var column = itemNumbers[added.Rows.ColumnsOf(from)[i]];
                if (column < 0) unknown++;
                else row[column] = Math.Min(float.MaxValue, row.GetValueOrDefault(column) + added.Rows.WeightsOf(from)[i]);
            }
        }
    }

    /// <summary>The users of both tables; for a user in both, <paramref name="added"/> wins.</summary>
    /// <param name="old">Users in ordinal order.</param>
    /// <param name="added">Users in ordinal order.</param>
    /// <param name="saysWhoIsActive">True if <paramref name="added"/> decides which of its users are active; if not, active users stay
    /// active.</param>
    /// <param name="keepOld">True if known users do not become active by being in <paramref name="added"/>.</param>
    public static UserTable MergeUsers(UserTable old, UserTable added, bool saysWhoIsActive, bool keepOld = false)
    {
        var places = new List<(int Old, int Added)>(old.Ids.Count + added.Ids.Count);
        for (int i = 0, j = 0; i < old.Ids.Count || j < added.Ids.Count;)
        {
            var order = i == old.Ids.Count ? 1 : j == added.Ids.Count ? -1 : old.Ids[i].SequenceCompareTo(added.Ids[j]);
            places.Add((order <= 0 ? i++ : -1, order >= 0 ? j++ : -1));
        }

        // An empty country or attribute is unknown and does not replace a known one.
        bool ByAdded((int Old, int Added) place) =>
            place.Added >= 0 && (place.Old < 0 || added.Countries[added.CountryOf[place.Added]].Length > 0);
        var names = places.Select(
            place => ByAdded(place) ? added.Countries[added.CountryOf[place.Added]] : old.Countries[old.CountryOf[place.Old]]).ToArray();
        var countries = names.Distinct().Order(StringComparer.Ordinal).ToArray();
        var numbers = countries.Select((name, number) => (name, number)).ToDictionary(StringComparer.Ordinal);
        return new UserTable(
            IdList.From(places.Select(place => place.Old >= 0 ? old.Ids.GetString(place.Old) : added.Ids.GetString(place.Added))),
            countries,
            [.. names.Select(name => numbers[name])],
            [.. places.Select(Active)],
            old.Attributes.Keys.Union(added.Attributes.Keys)
                .ToDictionary(name => name, name => places.Select(place => Attribute(name, place)).ToArray()));

        byte Active((int Old, int Added) place)
        {
            if (place.Old < 0) return added.Active[place.Added];
            if (place.Added < 0) return old.Active[place.Old];
            if (keepOld) return old.Active[place.Old];
            return saysWhoIsActive ? added.Active[place.Added] : (byte)(old.Active[place.Old] | added.Active[place.Added]);
        }

        string? Attribute(string name, (int Old, int Added) place) =>
            place.Added >= 0 && added.Attributes.TryGetValue(name, out var news) && news[place.Added] is { } known ? known
            : place.Old >= 0 && old.Attributes.TryGetValue(name, out var olds) ? olds[place.Old]
            : null;
    }

    private static int[] Numbers(IdList from, IdList sortedTo)
    {
        var numbers = new int[from.Count];
        var next = 0;
        for (var i = 0; i < numbers.Length; i++)
        {
            while (next < sortedTo.Count && sortedTo[next].SequenceCompareTo(from[i]) < 0) next++;
            numbers[i] = next < sortedTo.Count && sortedTo[next].SequenceEqual(from[i]) ? next : -1;
        }

        return numbers;
    }
}
