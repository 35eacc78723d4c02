using Kindred.SeedLists;
using Kindred.SeedLists.Checks;
using Kindred.Tests.Populations;

namespace Kindred.Tests.SeedLists.Checks;

public sealed class SeedCheckTests
{
    private static readonly TestUser[] _users = TestPopulation.Random(1_000, 1, 5, "DE", "HU", "RO");

    [Fact]
    public void A_list_is_counted_by_country_and_judged_by_its_size()
    {
        var ids = _users.Select(user => user.Id).ToArray();
        (string Id, string[] Members)[] lists =
        [
            ("good", [.. ids.Take(150), "nobody"]), ("small", [.. ids.Skip(500).Take(24)]), ("enough", [.. ids.Skip(500).Take(25)]),
            ("strangers", ["x", "y"]), ("largest", [.. ids.Take(200)]), ("broad", [.. ids.Take(201)]),
        ];
        var check = Check(lists, new SeedCheckOptions());
        Assert.Equal([ListVerdict.Usable, ListVerdict.TooSmall, ListVerdict.Usable, ListVerdict.Unmatched, ListVerdict.Usable, ListVerdict.TooBroad], check.Lists.Select(list => list.Verdict));
        Assert.False(check.AllUsable);
        Assert.Equal(1_000, check.Users);
        foreach (var (list, (id, members)) in check.Lists.Zip(lists))
        {
            var known = _users.Where(user => members.Contains(user.Id)).ToArray();
            Assert.Equal((id, members.Length, known.Length, members.Length - known.Length), (list.SeedListId, list.Given, list.Matched, list.Unmatched));
            Assert.Equal(new[] { "DE", "HU", "RO" }.Select(country => known.Count(user => user.Country == country)), list.ByCountry);
            Assert.Equal((known.Length, known.Count(user => !user.Active), known.Length / 1_000.0), (list.Seeds, list.Inactive, list.ShareOfPopulation));
        }
    }

    [Fact]
    public void With_a_country_only_its_users_count_for_size_and_share()
    {
        var hungarians = _users.Where(user => user.Country == "HU").Select(user => user.Id).ToArray();
        var germans = _users.Where(user => user.Country == "DE").Select(user => user.Id).ToArray();
        var check = Check([("abroad", [.. germans.Take(100), .. hungarians.Take(10)]), ("broad", [.. hungarians.Take(100)])], new SeedCheckOptions { Country = "HU" });
        Assert.Equal(hungarians.Length, check.Users);
        Assert.Equal([(110, 10, ListVerdict.TooSmall), (100, 100, ListVerdict.TooBroad)], check.Lists.Select(list => (list.Matched, list.Seeds, list.Verdict)));
        Assert.Equal(100.0 / hungarians.Length, check.Lists[1].ShareOfPopulation);
    }

    [Fact]
    public void Lists_with_the_same_matched_users_are_reported_even_with_unknown_ids()
    {
        string[] some = [.. _users.Skip(100).Take(30).Select(user => user.Id)];
        var check = Check([("a", some), ("b", [.. some.Skip(1)]), ("c", [.. some, "stranger"]), ("d", some), ("e", ["x"]), ("f", ["y"])], new SeedCheckOptions());
        Assert.Equal([null, null, "a", "a", null, null], check.Lists.Select(list => list.SameAs));
    }

    [Fact]
    public void The_pairs_equal_a_comparison_of_all_lists() =>
        Gen.Select(Gen.Int[0, 60].Array[0, 40].Array[2, 12], Gen.Int[1, 4], Gen.Int[1, 12], Gen.Int[1, 3]).Sample((lists, atLeast, most, threads) =>
        {
            var users = _users[..61];
            using var population = TestPopulation.Of(users, 3);
            SeedMatch[] matches = [.. lists.Select((list, i) => SeedMatch.Of(TestPopulation.List($"l{i}", list.Distinct().Select(u => users[u].Id)), population))];
            var options = new SeedCheckOptions { MinimumShared = atLeast, MostPairs = most, Threads = threads };
            var expected = Pairs(lists).Where(pair => pair.Shared >= atLeast)
                .OrderByDescending(pair => pair.Share).ThenByDescending(pair => pair.Shared).ThenBy(pair => (pair.First, pair.Second)).Take(most).ToArray();
            var check = SeedCheck.Of(matches, population, options);
            Assert.Equal(1, check.OverlapSample);
            Assert.Equal(expected, check.Pairs.Select(pair => (pair.First, pair.Second, pair.Shared, pair.ShareOfSmaller, pair.Lift)));

            // A sample of the users may miss pairs but reports no false ones.
            var sampled = SeedCheck.Of(matches, population, options with { MostOverlapWork = 50, MostPairs = 1_000 });
            var all = Pairs(lists).ToHashSet();
            Assert.All(sampled.Pairs, pair => Assert.Contains((pair.First, pair.Second, pair.Shared, pair.ShareOfSmaller, pair.Lift), all));
        });

    [Fact]
    public void A_sample_of_users_finds_the_pairs_with_high_overlap()
    {
        string[][] members = [.. Enumerable.Range(0, 30).Select(list => _users.Where((_, u) => (u + list * 31) % 100 < 20).Select(user => user.Id).ToArray())];
        members[7] = [.. members[3].Skip(4), "u999"];
        var lists = members.Select((ids, i) => ($"l{i:00}", ids)).ToArray();
        var exact = Check(lists, new SeedCheckOptions { MostPairs = 1 });
        var sampled = Check(lists, new SeedCheckOptions { MostPairs = 1, MostOverlapWork = 3_000 });
        Assert.InRange(sampled.OverlapSample, 2, 50);
        Assert.Equal((3, 7), (exact.Pairs[0].First, exact.Pairs[0].Second));
        Assert.Equal(exact.Pairs, sampled.Pairs);
    }

    private static IEnumerable<(int First, int Second, int Shared, double Share, double Lift)> Pairs(int[][] lists)
    {
        var sets = lists.Select(list => list.ToHashSet()).ToArray();
        return from first in Enumerable.Range(0, sets.Length)
               from second in Enumerable.Range(first + 1, sets.Length - first - 1)
               let shared = sets[first].Count(sets[second].Contains)
               where shared > 0
               let smaller = Math.Min(sets[first].Count, sets[second].Count)
               select (first, second, shared, shared / (double)smaller, shared * 61.0 / ((double)sets[first].Count * sets[second].Count));
    }

    private static SeedCheckResult Check(IEnumerable<(string Id, string[] Members)> lists, SeedCheckOptions options)
    {
        using var population = TestPopulation.Of(_users, 3);
        return SeedCheck.Of([.. lists.Select(list => SeedMatch.Of(TestPopulation.List(list.Id, list.Members), population))], population, options);
    }
}
