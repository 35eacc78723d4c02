using Kindred.Populations;

namespace Kindred.Insight;

/// <summary>Numbered features of one kind, and the features of each user.</summary>
public sealed class FeatureTable
{
    private readonly Func<int, string> _name;
    private readonly Action<UserRow, HashSet<int>> _collect;

    private FeatureTable(FeatureKind kind, int count, Func<int, string> name, Action<UserRow, HashSet<int>> collect)
    {
        Kind = kind;
        Count = count;
        _name = name;
        _collect = collect;
    }

    /// <summary>The kind of these features.</summary>
    public FeatureKind Kind { get; }

    /// <summary>The number of features.</summary>
    public int Count { get; }

    /// <summary>The name of a feature.</summary>
    public string Name(int feature) => _name(feature);

    /// <summary>Adds the features of a user to a set.</summary>
    public void Collect(UserRow user, HashSet<int> features) => _collect(user, features);

    /// <summary>The items of a population.</summary>
    /// <param name="population">A population with its users' items.</param>
    /// <param name="names">Names by item id; an item without a name is shown by its id.</param>
    public static FeatureTable Items(Population population, IReadOnlyDictionary<string, string>? names = null)
    {
        population.RequireItems();
        return new FeatureTable(FeatureKind.Item, population.Items.Count, Name, (user, features) =>
        {
            foreach (var item in population.Shards[user.Shard].Features!.ColumnsOf(user.Row)) features.Add(item);
        });

        string Name(int item)
        {
            var id = population.Items.GetString(item);
            return names is not null && names.TryGetValue(id, out var name) ? name : id;
        }
    }

    /// <summary>The topics of a population's items: a user has a topic through any of its items.</summary>
    /// <param name="population">A population with its users' items.</param>
    /// <param name="topics">Topics by item id; an item may have none.</param>
    public static FeatureTable Topics(Population population, IReadOnlyDictionary<string, string> topics)
    {
        population.RequireItems();
        var names = topics.Values.Distinct().Order(StringComparer.Ordinal).ToArray();
        var numbers = names.Select((name, number) => (name, number)).ToDictionary(StringComparer.Ordinal);
        var topicOf = new int[population.Items.Count];
        for (var item = 0; item < topicOf.Length; item++)
        {
            topicOf[item] = topics.TryGetValue(population.Items.GetString(item), out var topic) ? numbers[topic] : -1;
        }

        return new FeatureTable(FeatureKind.Topic, names.Length, topic => names[topic], (user, features) =>
        {
            foreach (var item in population.Shards[user.Shard].Features!.ColumnsOf(user.Row))
            {
                if (topicOf[item] >= 0) features.Add(topicOf[item]);
            }
        });
    }

    /// <summary>The values of a users' table: countries, and every attribute.</summary>
    /// <param name="population">The population that the table belongs to.</param>
    /// <param name="users">The table of its users; other users are ignored.</param>
    public static FeatureTable Attributes(Population population, UserTable users)
    {
        var columns = users.Attributes.OrderBy(column => column.Key, StringComparer.Ordinal)
            .Select(column => (column.Key, ValueOf: (Func<int, string?>)(i => column.Value[i]))).ToList();
        if (users.Countries.Count > 1) columns.Insert(0, ("country", i => users.Countries[users.CountryOf[i]]));

        var names = new List<string>();
        var numbers = new Dictionary<(int, string), int>();
        var featuresOf = population.Shards.Select(shard => new int[shard.Count * columns.Count]).ToArray();
        foreach (var features in featuresOf) Array.Fill(features, -1);
        for (var i = 0; i < users.Ids.Count; i++)
        {
            if (population.Find(users.Ids[i]) is not { } user) continue;
            for (var c = 0; c < columns.Count; c++)
            {
                if (columns[c].ValueOf(i) is not { Length: > 0 } value) continue;
                if (!numbers.TryGetValue((c, value), out var number))
                {
                    numbers.Add((c, value), number = names.Count);
                    names.Add($"{columns[c].Key} = {value}");
                }

                featuresOf[user.Shard][user.Row * columns.Count + c] = number;
            }
        }

        return new FeatureTable(FeatureKind.Attribute, names.Count, feature => names[feature], (user, features) =>
        {
            foreach (var feature in featuresOf[user.Shard].AsSpan(user.Row * columns.Count, columns.Count))
            {
                if (feature >= 0) features.Add(feature);
            }
        });
    }
}
