using System.Text.Json.Nodes;
using Kindred.Pipeline.Store;

namespace Kindred.Privacy.Tests;

/// <summary>Tests that counts and refusals reveal no single user to an owner.</summary>
public sealed class SmallCountTests(Town town)
{
    private static readonly string[] _sizes = ["sizes: [1%, 5%]"];

    [Fact]
    public void A_list_with_too_few_seeds_has_no_audience_and_hides_the_exact_count()
    {
        using var platform = new Platform(town, _sizes);
        var users = town.Lists[town.OfBob[0]];
        platform.Run([("bob", "few", Padded(users.Take(7), 1000)), ("bob", "almost", Padded(users.Take(24), 1000)),
            ("bob", "enough", Padded(users.Take(25), 1000))]);
        var lists = Show(platform)["lists"]!.AsArray().ToDictionary(list => (string)list!["list"]!, list => list!);
        Assert.Equal(("<10", 20L, 30L),
            ((string)lists["few"]["matched"]!, (long)lists["almost"]["matched"]!, (long)lists["enough"]["matched"]!));
        Assert.All(["few", "almost"], list => Assert.Empty(lists[list]["targets"]!.AsArray()));
        Assert.Equal(2, lists["enough"]["targets"]![0]!["sizes"]!.AsArray().Count);
        Assert.Contains("1,000 users, of which fewer than 10 are in the population", (string)lists["few"]["rejected"]!, StringComparison.Ordinal);
        Assert.Contains("1,000 users, of which about 20 are in the population", platform.Show("bob"), StringComparison.Ordinal);
        Assert.DoesNotContain(" 24 ", platform.Show("bob") + lists["almost"].ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(" 24 ", Invocation.Good("runs", "show", "--store", platform.Store).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(24, false)]
    [InlineData(25, true)]
    public void An_audience_below_the_minimum_size_is_not_published(int users, bool published)
    {
        using var platform = new Platform(town, $"sizes: [{users}]", "minimum_kept: 0");
        platform.Run(town.ListsOf("bob").Take(1));
        var target = Show(platform)["lists"]![0]!["targets"]![0]!;
        Assert.Equal(published ? 1 : 0, target["sizes"]!.AsArray().Count);
        Assert.Equal(published, target["rejected"] is null);
    }

    [Fact]
    public void Lists_that_differ_by_one_user_show_equal_counts_except_at_a_rounding_edge()
    {
        var users = town.Lists[town.OfBob[2]].Where(town.Active.Contains).ToArray();
        foreach (var (count, alike) in new[] { (42, true), (44, false) })
        {
            using Platform one = new(town, _sizes), other = new(town, _sizes);
            one.Run([("bob", "list", users[..count])]);
            other.Run([("bob", "list", users[..(count + 1)])]);
            Assert.Equal(alike, Counts(one) == Counts(other));
        }

        static string Counts(Platform platform)
        {
            var list = Show(platform)["lists"]![0]!;
            return $"{list["matched"]} {list["seeds"]}";
        }
    }

    [Fact]
    public void An_owner_sees_multiples_of_ten_and_no_small_counts() =>
        Gen.Select(Gen.Long[0, 1_000_000], Gen.Int[0, 50]).Sample((count, least) =>
        {
            var shown = OwnerCounts.Of(count, least);
            Assert.Equal(count < least, shown is null);
            Assert.True(shown is not { } number || (number % 10 == 0 && Math.Abs(number - count) <= 5));
        });

    private static JsonObject Show(Platform platform) =>
        Assert.IsType<JsonObject>(JsonNode.Parse(platform.Show("bob", "--output", "json")));

    // Pads with users whom the platform does not know.
    private static string[] Padded(IEnumerable<string> users, int count)
    {
        var known = users.ToArray();
        return [.. known, .. Enumerable.Range(0, count - known.Length).Select(i => $"stranger-{i}")];
    }
}
