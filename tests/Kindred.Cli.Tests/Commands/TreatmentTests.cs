using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kindred.Data.Populations;
using Kindred.Populations;

namespace Kindred.Cli.Tests.Commands;

/// <summary>Tests that unusual users and rows are treated as documented and counted.</summary>
public sealed class TreatmentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Users_without_interactions_get_a_zero_embedding_and_can_be_selected()
    {
        var json = Embed(Everybody(20), users: "user_id\nidle-a\nidle-b\n" + string.Concat(Enumerable.Range(0, 20).Select(u => $"u{u:00}\n")));
        Assert.Equal((22, 2), ((int)json["users"]!, (int)json["users_without_interactions"]!));
        using var population = PopulationSnapshot.Open(_folder["population"]);
        Assert.All(Embedding(population, "idle-a"), value => Assert.Equal(0, value));
        Assert.Contains(Embedding(population, "u00"), value => value != 0);
        var seeds = _folder.Text("seeds.csv", "user_id\n" + string.Concat(Enumerable.Range(0, 8).Select(u => $"u{u:00}\n")));
        Invocation.Good("expand", "--population", _folder["population"], "--seeds", seeds, "--minimum-seeds", "5", "--size", "14", "--out", _folder["audiences"]);
        Assert.Superset(new HashSet<string> { "idle-a", "idle-b" }, AudienceFiles.Read(_folder["audiences"])["seeds"].Select(row => row.UserId).ToHashSet());
    }

    [Fact]
    public void Interactions_of_users_missing_from_the_users_file_are_left_out_and_counted()
    {
        var json = Embed(Everybody(20) + "stranger,i1\nstranger,i2\nother-stranger,only-his\n", users: "user_id\n" + string.Concat(Enumerable.Range(0, 20).Select(u => $"u{u:00}\n")));
        Assert.Equal((3, 20), ((int)json["rows_of_unknown_users"]!, (int)json["users"]!));
        using var population = PopulationSnapshot.Open(_folder["population"]);
        Assert.Null(population.Find("stranger"u8));
        Assert.DoesNotContain("only-his", Enumerable.Range(0, population.Items.Count).Select(population.Items.GetString));
    }

    [Fact]
    public void Repeated_pairs_count_as_one_pair_with_the_summed_weight()
    {
        var once = Embed(Everybody(20, weight: "3"), name: "once");
        var thrice = Embed(Everybody(20, weight: "1") + Rows(20, "1.5") + Rows(20, "0.5"), name: "thrice");
        Assert.Equal(2 * (int)once["pairs"]!, (int)thrice["rows_merged"]!);
        Assert.Equal(0, (int)once["rows_merged"]!);
        FolderContents.AssertSame(_folder["once"], _folder["thrice"]);
    }

    [Fact]
    public void Pairs_with_a_total_weight_of_zero_or_less_are_left_out_and_counted()
    {
        // A purchase and its return, a zero, a return without a purchase, and a pair that stays positive.
        var json = Embed(Everybody(20, weight: "1") + "u00,returned,2\nu00,returned,-2\nu01,zero,0\nu02,negative,-1\nu03,kept,5\nu03,kept,-2\nu04,kept,1\n");
        Assert.Equal((3, 4), ((int)json["pairs_dropped"]!, (int)json["rows_of_zero_or_negative_weight"]!));
        using var population = PopulationSnapshot.Open(_folder["population"]);
        var items = Enumerable.Range(0, population.Items.Count).Select(population.Items.GetString).ToArray();
        Assert.DoesNotContain(items, item => item is "returned" or "zero" or "negative");
        var row = population.Find("u03"u8)!.Value;
        var features = population.Shards[row.Shard].Features!;
        var at = features.ColumnsOf(row.Row).IndexOf(Array.IndexOf(items, "kept"));
        Assert.Equal(3, features.WeightsOf(row.Row)[at]);
    }

    [Fact]
    public void A_user_with_every_item_and_an_item_with_every_user_are_accepted()
    {
        var rows = new StringBuilder("user_id,item_id,weight\n");
        for (var i = 0; i < 3000; i++) rows.Append(CultureInfo.InvariantCulture, $"everything,i{i},1000000\n");
        for (var u = 0; u < 200; u++) rows.Append(CultureInfo.InvariantCulture, $"u{u:000},i{u * 7 % 3000},1\nu{u:000},i{u % 10},1\nu{u:000},everybodys,0.000001\n");
        var json = Embed(rows.ToString());
        Assert.Equal((201, 3001), ((int)json["users"]!, (int)json["items"]!));
        using var population = PopulationSnapshot.Open(_folder["population"]);
        Assert.All(population.Shards[0].Embeddings.ToArray(), value => Assert.True(float.IsFinite(value)));
        Assert.Contains(Embedding(population, "everything"), value => value != 0);
        Assert.Contains(Embedding(population, "u000"), value => value != 0);
    }

    [Fact]
    public void Active_users_come_from_the_users_file_or_else_from_the_last_days_of_interactions()
    {
        const string Rows = "user_id,item_id,timestamp\nlong-ago,a,2024-01-01\nlong-ago,b,2024-01-02\nedge,a,2024-05-02\nnow,a,2024-06-01\nnow,b,2024-03-01\n";
        Assert.Equal(2, (int)Embed(Rows, name: "days")["active_users"]!);
        Assert.Equal(1, (int)Embed(Rows, name: "few", more: ["--active-days", "29"])["active_users"]!);
        var fromFile = Embed(Rows, users: "user_id,active\nlong-ago,1\nedge,false\nnow,0\nidle,true\n", name: "from-file");
        Assert.Equal((2, 4), ((int)fromFile["active_users"]!, (int)fromFile["users"]!));
    }

    [Fact]
    public void An_unknown_seed_is_left_out_and_reported_per_list()
    {
        Embed(Everybody(20));
        var seeds = _folder.Text("seeds.csv", "seed_list_id,user_id\n" + string.Concat(Enumerable.Range(0, 6).Select(u => $"known,u{u:00}\nhalf,u{u:00}\nhalf,stranger{u}\n")) + "known,u00\n");
        var run = Invocation.Good("train", "--population", _folder["population"], "--seeds", seeds, "--minimum-seeds", "5", "--out", _folder["models"], "--output", "json");
        Assert.Contains("half: 6 of 12 users are in the population", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 rows repeat a user", run.Error, StringComparison.Ordinal);
        Assert.Equal([(12, 6), (6, 6)], run.Json["lists"]!.AsArray().Select(list => ((int)list!["users"]!, (int)list["matched"]!)));
    }

    private JsonObject Embed(string interactions, string? users = null, string name = "population", params string[] more)
    {
        string[] command = ["embed", "--interactions", _folder.Text(name + ".csv", interactions), "--dimension", "16", "--out", _folder[name], "--output", "json", .. more];
        return Invocation.Good(users is null ? command : [.. command, "--users", _folder.Text(name + "-users.csv", users)]).Json;
    }

    private static string Everybody(int users, string? weight = null) =>
        (weight is null ? "user_id,item_id\n" : "user_id,item_id,weight\n") + Rows(users, weight);

    private static string Rows(int users, string? weight) => string.Concat(Enumerable.Range(0, users).SelectMany(
        user => new[] { user % 3, 3 + user % 5, 8 + user % 7 }.Select(item => $"u{user:00},i{item}{(weight is null ? "" : "," + weight)}\n")));

    private static float[] Embedding(Population population, string user)
    {
        var row = population.Find(Encoding.UTF8.GetBytes(user))!.Value;
        return population.Shards[row.Shard].Embeddings.Slice(row.Row * population.Dimension, population.Dimension).ToArray();
    }
}
