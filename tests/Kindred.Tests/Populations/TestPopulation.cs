using System.Text;
using Kindred.Populations;
using Kindred.Sampling;
using Kindred.SeedLists;

namespace Kindred.Tests.Populations;

/// <summary>Builds populations in memory by the rules of ARCHITECTURE: shards by hash, rows by country and then id.</summary>
internal static class TestPopulation
{
    /// <summary>The users, split into shards.</summary>
    public static Population Of(IReadOnlyList<TestUser> users, int shards = 1, bool withActivity = true)
    {
        var countries = users.Select(user => user.Country).Distinct().Order(StringComparer.Ordinal).ToArray();
        var mean = users.Average(user => (double)user.Activity);
        var deviation = Math.Sqrt(users.Average(user => (user.Activity - mean) * (user.Activity - mean)));
        var dimension = users[0].Embedding.Length;
        var items = users.Max(user => user.Items is { Length: > 0 } own ? own[^1] + 1 : 0);
        var parts = users.ToLookup(user => UserHash.ShardOf(UserHash.Of(Encoding.UTF8.GetBytes(user.Id)), shards));
        return new Population(
            [.. Enumerable.Range(0, shards).Select(shard => Shard([.. parts[shard]], countries, dimension, withActivity))],
            countries, new ActivityScale(mean, deviation > 0 ? deviation : 1), IdList.From(Enumerable.Range(0, items).Select(item => $"i{item:D6}")), "test");
    }

    /// <summary>Users u0, u1, … with random embeddings, activities and countries. One in eight is inactive.</summary>
    public static TestUser[] Random(int count, int dimension, ulong seed, params string[] countries)
    {
        var random = new SeededRandom(seed);
        var users = new TestUser[count];
        for (var i = 0; i < count; i++)
        {
            var embedding = new float[dimension];
            foreach (ref var value in embedding.AsSpan()) value = (float)(random.NextDouble() * 2 - 1);
            var country = countries.Length == 0 ? "" : countries[random.NextInt32(countries.Length)];
            users[i] = new TestUser($"u{i}", embedding, country, random.NextInt32(8) != 0, (float)random.NextDouble() * 5);
        }

        return users;
    }

    /// <summary>A seed list of the given users, with no metrics.</summary>
    public static SeedList List(string id, IEnumerable<string> users) =>
        new(id, Sorted(users), new Dictionary<string, float[]>());

    /// <summary>The rows of users, by id.</summary>
    public static UserRow[] Rows(this Population population, IEnumerable<string> users) =>
        [.. users.Select(user => population.Find(Encoding.UTF8.GetBytes(user))!.Value)];

    /// <summary>The id of a user.</summary>
    public static string Name(this Population population, UserRow user) => Encoding.UTF8.GetString(population.UserId(user));

    /// <summary>Ids in ordinal UTF-8 order.</summary>
    public static IdList Sorted(IEnumerable<string> users) => IdList.From(users.Order(Utf8Order));

    /// <summary>Ordinal comparison of UTF-8 bytes.</summary>
    public static Comparer<string> Utf8Order { get; } = Comparer<string>.Create(
        (a, b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)));

    private static PopulationShard Shard(TestUser[] users, string[] countries, int dimension, bool withActivity)
    {
        var rows = users.OrderBy(user => user.Country, StringComparer.Ordinal).ThenBy(user => user.Id, Utf8Order).ToArray();
        var byId = Enumerable.Range(0, rows.Length).OrderBy(row => rows[row].Id, Utf8Order).ToArray();
        return new PopulationShard
        {
            UserIds = IdList.From(rows.Select(user => user.Id)),
            Dimension = dimension,
            Embeddings = rows.SelectMany(user => user.Embedding).ToArray(),
            Activity = withActivity ? rows.Select(user => user.Activity).ToArray() : default(ReadOnlyMemory<float>),
            Active = rows.Select(user => (byte)(user.Active ? 1 : 0)).ToArray(),
            CountryStarts = [.. countries.Select(country => rows.Count(user => string.CompareOrdinal(user.Country, country) < 0)), rows.Length],
            RowsById = byId,
            Features = rows.Any(user => user.Items is null) ? null : Items([.. rows.Select(user => user.Items!)]),
        };
    }

    private static SparseRows Items(int[][] rows)
    {
        var starts = new long[rows.Length + 1];
        for (var row = 0; row < rows.Length; row++) starts[row + 1] = starts[row] + rows[row].Length;
        return new SparseRows(starts, rows.SelectMany(row => row).ToArray(), Enumerable.Repeat(1f, (int)starts[^1]).ToArray());
    }
}
