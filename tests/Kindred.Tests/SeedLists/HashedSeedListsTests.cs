using System.Text;
using Kindred.SeedLists;
using Kindred.Tests.Populations;

namespace Kindred.Tests.SeedLists;

public sealed class HashedSeedListsTests
{
    [Theory]
    [InlineData(IdHashFunction.Sha256, "", 1, 1)]
    [InlineData(IdHashFunction.Sha256, "pepper", 3, 2)]
    [InlineData(IdHashFunction.Sha1, "pepper", 2, 4)]
    [InlineData(IdHashFunction.Md5, "", 5, 2)]
    public void A_hashed_list_matches_the_same_users_as_the_plain_list(IdHashFunction function, string salt, int shards, int threads)
    {
        var users = TestPopulation.Random(20_000, 1, 3, "DE", "HU");
        using var population = TestPopulation.Of(users, shards);
        var hash = new IdHash(function, Encoding.UTF8.GetBytes(salt));
        string[][] members = [[.. users.Where((_, i) => i % 7 == 0).Select(user => user.Id), "nobody", "u00"], ["stranger"], [.. users.Take(50).Select(user => user.Id)]];
        SeedList[] clear = [.. members.Select((ids, i) => WithMetric(TestPopulation.List($"l{i}", ids)))];
        SeedList[] hashed = [.. clear.Select(list => Hashed(list, hash))];

        var resolved = HashedSeedLists.Resolve(hashed, population, hash, threads);
        foreach (var (list, expected) in resolved.Zip(clear))
        {
            var (match, plain) = (SeedMatch.Of(list, population), SeedMatch.Of(expected, population));
            Assert.Equal(plain.Users, match.Users);
            Assert.Equal((expected.Id, expected.Given, plain.Matched), (list.Id, list.Given, match.Matched));
            Assert.Equal(plain.Positions.Select(i => expected.Metrics["clicks"][i]), match.Positions.Select(i => list.Metrics["clicks"][i]));
            Assert.Equal(plain.Positions.Select(expected.Users.GetString), match.Positions.Select(list.Users.GetString));
        }

        Assert.Equal([2, 1, 0], resolved.Select(list => list.Unknown));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(7, 1)]
    public void A_hash_collision_resolves_to_the_first_user_by_id(int shards, int threads)
    {
        // An MD5 collision of 72 letters and digits, published by Marc Stevens in 2024.
        const string First = "TEXTCOLLBYfGiJUETHQ4hAcKSMd5zYpgqf1YRDhkmxHkhPWptrkoyz28wnI9V0aHeAuaKnak", Second = "TEXTCOLLBYfGiJUETHQ4hEcKSMd5zYpgqf1YRDhkmxHkhPWptrkoyz28wnI9V0aHeAuaKnak";
        TestUser[] users = [new(Second, [1f]), new("other", [1f]), new(First, [1f])];
        using var population = TestPopulation.Of(users, shards);
        var hash = new IdHash(IdHashFunction.Md5);
        var list = Hashed(TestPopulation.List("l", [Second]), hash);
        Assert.Equal(list.Users.GetString(0), Hashed(TestPopulation.List("l", [First]), hash).Users.GetString(0));
        var resolved = Assert.Single(HashedSeedLists.Resolve([list], population, hash, threads));
        Assert.Equal((First, 1, 0), (resolved.Users.GetString(0), resolved.Users.Count, resolved.Unknown));
    }

    [Fact]
    public void Another_salt_matches_no_user()
    {
        using var population = TestPopulation.Of(TestPopulation.Random(100, 1, 3));
        var list = Hashed(TestPopulation.List("l", ["u1", "u2"]), new IdHash(IdHashFunction.Sha256, "salt"u8.ToArray()));
        var resolved = HashedSeedLists.Resolve([list], population, new IdHash(IdHashFunction.Sha256, "Salt"u8.ToArray()), 2);
        Assert.Equal((0, 2, 2), (resolved[0].Users.Count, resolved[0].Unknown, resolved[0].Given));
    }

    private static SeedList WithMetric(SeedList list) =>
        list with { Metrics = new Dictionary<string, float[]> { ["clicks"] = [.. Enumerable.Range(0, list.Users.Count).Select(i => (float)list.Users.GetString(i).GetHashCode(StringComparison.Ordinal))] } };

    private static SeedList Hashed(SeedList list, IdHash hash)
    {
        var bytes = new byte[hash.Bytes];
        var rows = Enumerable.Range(0, list.Users.Count).Select(i =>
        {
            hash.Of(list.Users[i], bytes);
            return (Text: Convert.ToHexStringLower(bytes), At: i);
        }).OrderBy(row => row.Text, StringComparer.Ordinal).ToArray();
        return list with
        {
            Users = Kindred.Populations.IdList.From(rows.Select(row => row.Text)),
            Metrics = list.Metrics.ToDictionary(metric => metric.Key, metric => rows.Select(row => metric.Value[row.At]).ToArray()),
        };
    }
}
