using System.Runtime.InteropServices;
using System.Text;
using Kindred.Cli.Shell;
using Kindred.Data.Populations;
using Kindred.Populations;

namespace Kindred.Cli.Tests.Commands;

/// <summary><c>kindred embed --update</c>: new interactions and users with unchanged item embeddings.</summary>
public sealed class UpdateTests(SmallWorld world) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Users_without_new_interactions_keep_their_bits_and_new_users_get_embeddings()
    {
        var items = Csv.Read(world.Interactions).Select(row => row["item_id"]).Distinct().Order(StringComparer.Ordinal).Take(12).ToArray();
        var today = _folder.Text("today.csv", "user_id,item_id\n"
            + string.Concat(items.Select(item => $"a-new-user,{item}\n"))
            + string.Concat(items.Select(item => $"u0000007,{item}\n"))
            + "a-new-user,an-item-nobody-knows\nu0000009,another-unknown-item\n");
        var run = Invocation.Good("embed", "--update", world.Population, "--interactions", today, "--out", _folder["updated"]);
        Assert.Contains("Left out 2 pairs with items that are new to the population", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 users are new; the population now has 4,001", run.Error, StringComparison.Ordinal);

        using var old = PopulationSnapshot.Open(world.Population);
        using var updated = PopulationSnapshot.Open(_folder["updated"]);
        Assert.Equal(SmallWorld.UserCount + 1, updated.UserCount);
        var changed = world.People.Where(person => !Bits(old, person.Id).SequenceEqual(Bits(updated, person.Id))).Select(person => person.Id);
        Assert.Equal(["u0000007"], changed);
        Assert.Contains(Embedding(updated, "a-new-user"), value => value != 0);
        Assert.Equal(12, ItemsOf(updated, "a-new-user"));

        // Existing users keep their countries and activity.
        var people = world.People.ToDictionary(person => person.Id, StringComparer.Ordinal);
        Assert.All(people.Values.Where((_, i) => i % 50 == 0), person =>
        {
            var row = updated.Find(Encoding.UTF8.GetBytes(person.Id))!.Value;
            Assert.Equal(person.Country, updated.Countries[updated.Shards[row.Shard].CountryOf(row.Row)]);
            Assert.Equal(person.Active, updated.Shards[row.Shard].Active.Span[row.Row] != 0);
        });
    }

    [Fact]
    public void Models_fit_the_updated_population_but_not_one_with_other_embeddings()
    {
        var today = _folder.Text("today.csv", $"user_id,item_id\na-new-user,{Csv.Read(world.Interactions).First()["item_id"]}\n");
        Invocation.Good("embed", "--update", world.Population, "--interactions", today, "--out", _folder["updated"]);
        Invocation.Good("expand", "--population", _folder["updated"], "--models", world.Models, "--size", "30", "--out", _folder["audiences"]);
        Invocation.Good("expand", "--population", world.Population, "--models", world.Models, "--size", "30", "--out", _folder["before"]);
        Assert.Equal(
            AudienceFiles.Read(_folder["before"])["advertiser-05"].Where(row => row.UserId != "a-new-user").Take(29),
            AudienceFiles.Read(_folder["audiences"])["advertiser-05"].Where(row => row.UserId != "a-new-user").Take(29));

        Invocation.Good("embed", "--interactions", world.Interactions, "--users", world.Users, "--dimension", "16", "--seed", "9", "--iterations", "1", "--out", _folder["other"]);
        var run = Invocation.Of("expand", "--population", _folder["other"], "--models", world.Models, "--size", "30", "--out", _folder["none"]);
        Assert.Equal(ExitCode.BadInput, run.Code);
        foreach (var population in new[] { world.Population, _folder["other"] })
        {
            Assert.Contains(PopulationSnapshot.ReadManifest(population).Version[..8], run.Error, StringComparison.Ordinal);
        }

        Assert.Contains("Train the models again", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["none"]));
    }

    [Fact]
    public void Updating_a_population_without_features_is_refused_with_the_reason()
    {
        Invocation.Good("embed", "--interactions", world.Interactions, "--dimension", "16", "--iterations", "1", "--no-features", "--out", _folder["bare"]);
        Assert.Empty(Directory.GetFiles(_folder["bare"], "feature_*", SearchOption.AllDirectories));
        var run = Invocation.Of("embed", "--update", _folder["bare"], "--interactions", world.Interactions, "--out", _folder["none"]);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("--no-features", run.Error, StringComparison.Ordinal);
        Assert.Contains("Make it again", run.Error, StringComparison.Ordinal);

        // Other commands work.
        Invocation.Good("expand", "--population", _folder["bare"], "--seeds", world.Seeds, "--size", "30", "--out", _folder["audiences"]);
    }

    [Fact]
    public void A_users_file_of_an_update_may_contain_only_new_users()
    {
        var item = Csv.Read(world.Interactions).First()["item_id"];
        var users = _folder.Text("users.csv", "user_id,country,active\na-new-user,HU,1\n");
        var today = _folder.Text("today.csv", $"user_id,item_id\na-new-user,{item}\nu0000007,{item}\nsomebody-else,{item}\n");
        var run = Invocation.Good("embed", "--update", world.Population, "--interactions", today, "--users", users, "--out", _folder["updated"], "--output", "json");
        Assert.Equal(1, (int)run.Json["rows_of_unknown_users"]!);
        using var updated = PopulationSnapshot.Open(_folder["updated"]);
        Assert.Equal(SmallWorld.UserCount + 1, updated.UserCount);
        Assert.Null(updated.Find("somebody-else"u8));
        Assert.Equal(WeightOf(updated, "u0000007", item), 1 + OldWeight("u0000007", item));
        var row = updated.Find("a-new-user"u8)!.Value;
        Assert.Equal("HU", updated.Countries[updated.Shards[row.Shard].CountryOf(row.Row)]);
        var old = world.People.Single(person => person.Id == "u0000007");
        var oldRow = updated.Find("u0000007"u8)!.Value;
        Assert.Equal(old.Country, updated.Countries[updated.Shards[oldRow.Shard].CountryOf(oldRow.Row)]);
        Assert.Equal(old.Active, updated.Shards[oldRow.Shard].Active.Span[oldRow.Row] != 0);
    }

    [Fact]
    public void Negative_weights_in_an_update_cancel_earlier_interactions()
    {
        var all = _folder.Text("all.csv", "user_id,item_id,weight\nu1,a,3\nu1,b,1\nu1,c,2\nu2,a,1\nu2,b,2\nu3,c,1\nu3,a,1\n");
        Invocation.Good("embed", "--interactions", all, "--dimension", "16", "--out", _folder["before"]);
        var today = _folder.Text("back.csv", "user_id,item_id,weight\nu1,a,-1\nu2,b,-2\nu3,b,-5\n");
        Invocation.Good("embed", "--update", _folder["before"], "--interactions", today, "--out", _folder["after"]);
        using var after = PopulationSnapshot.Open(_folder["after"]);
        Assert.Equal(2, WeightOf(after, "u1", "a"));
        Assert.Equal(0, WeightOf(after, "u2", "b"));
        Assert.Equal(0, WeightOf(after, "u3", "b"));
        Assert.Equal(1, WeightOf(after, "u3", "a"));
    }

    [Fact]
    public void An_update_does_not_activate_users_that_a_users_file_marked_inactive()
    {
        var all = _folder.Text("all.csv", "user_id,item_id\nu1,a\nu2,a\nu2,b\n");
        var users = _folder.Text("users.csv", "user_id,country,active\nu1,HU,0\nu2,HU,1\n");
        Invocation.Good("embed", "--interactions", all, "--users", users, "--dimension", "16", "--out", _folder["before"]);
        var today = _folder.Text("today.csv", "user_id,item_id\nu1,b\nu9,a\n");
        var run = Invocation.Good("embed", "--update", _folder["before"], "--interactions", today, "--out", _folder["after"]);
        using var after = PopulationSnapshot.Open(_folder["after"]);
        Assert.Equal((0, 1, 1), (ActiveOf(after, "u1"), ActiveOf(after, "u2"), ActiveOf(after, "u9")));
        Assert.Contains("1 users have no country", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_late_old_interaction_activates_no_user()
    {
        var all = _folder.Text("all.csv", "user_id,item_id,timestamp\nu1,a,2026-01-01\nu2,a,2026-10-30\nu2,b,2026-11-01\n");
        Invocation.Good("embed", "--interactions", all, "--dimension", "16", "--out", _folder["before"]);
        var late = _folder.Text("late.csv", "user_id,item_id,timestamp\nu1,b,2025-01-01\n");
        Invocation.Good("embed", "--update", _folder["before"], "--interactions", late, "--out", _folder["after"]);
        using var after = PopulationSnapshot.Open(_folder["after"]);
        Assert.Equal((0, 1), (ActiveOf(after, "u1"), ActiveOf(after, "u2")));
    }

    [Fact]
    public void The_noted_number_of_active_users_matches_the_population()
    {
        // Activity comes from interactions, both earlier and new ones.
        Invocation.Good("embed", "--interactions", world.Interactions, "--dimension", "16", "--iterations", "1", "--out", _folder["before"]);
        var users = _folder.Text("users.csv", "user_id,country\n" + string.Concat(world.People.Select(person => $"{person.Id},{person.Country}\n")));
        var newest = Csv.Read(world.Interactions).OrderByDescending(row => long.Parse(row["timestamp"], System.Globalization.CultureInfo.InvariantCulture)).First();
        var today = _folder.Text("today.csv", $"user_id,item_id,timestamp\nu0000007,{newest["item_id"]},{newest["timestamp"]}\n");
        var run = Invocation.Good("embed", "--update", _folder["before"], "--interactions", today, "--users", users, "--out", _folder["updated"]);
        using var updated = PopulationSnapshot.Open(_folder["updated"]);
        var active = updated.Shards.Sum(shard => shard.Active.ToArray().Count(flag => flag != 0));
        Assert.InRange(active, 2, SmallWorld.UserCount - 1);
        Assert.Contains(FormattableString.Invariant($"{active:N0} of the 4,000 users are active (seen in"), run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split(" users are active").Skip(1));
    }

    private static int ActiveOf(Population population, string user)
    {
        var row = population.Find(Encoding.UTF8.GetBytes(user))!.Value;
        return population.Shards[row.Shard].Active.Span[row.Row];
    }

    private float OldWeight(string user, string item)
    {
        using var old = PopulationSnapshot.Open(world.Population);
        return WeightOf(old, user, item);
    }

    private static float WeightOf(Population population, string user, string item)
    {
        var row = population.Find(Encoding.UTF8.GetBytes(user))!.Value;
        var features = population.Shards[row.Shard].Features!;
        for (var i = 0; i < features.ColumnsOf(row.Row).Length; i++)
        {
            if (population.Items.GetString(features.ColumnsOf(row.Row)[i]) == item) return features.WeightsOf(row.Row)[i];
        }

        return 0;
    }

    private static int ItemsOf(Population population, string user)
    {
        var row = population.Find(Encoding.UTF8.GetBytes(user))!.Value;
        return population.Shards[row.Shard].Features!.ColumnsOf(row.Row).Length;
    }

    private static float[] Embedding(Population population, string user)
    {
        var row = population.Find(Encoding.UTF8.GetBytes(user))!.Value;
        return population.Shards[row.Shard].Embeddings.Slice(row.Row * population.Dimension, population.Dimension).ToArray();
    }

    private static byte[] Bits(Population population, string user) => MemoryMarshal.AsBytes(Embedding(population, user).AsSpan()).ToArray();
}
