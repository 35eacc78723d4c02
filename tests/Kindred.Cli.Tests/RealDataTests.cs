using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Kindred.Data.Populations;

namespace Kindred.Cli.Tests;

/// <summary>The whole path on real data, which is not in the repository. <c>KINDRED_DATA</c> names its folder.</summary>
public sealed class RealDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    // The minimum recall with default options, and the size of a 1% audience.
    [InlineData("pinterest", 0.510, 343)]
    [InlineData("beauty", 0.275, 178)]
    [InlineData("deezer", 0.405, 893)]
    public void The_defaults_are_far_better_than_chance_and_activity(string set, double least, int audience)
    {
        var data = Data(set);
        Invocation.Good("embed", "--interactions", In("interactions.csv.gz"), "--users", In("users.csv.gz"), "--out", _folder["population"]);
        var json = Invocation.Good("evaluate", "--population", _folder["population"], "--seeds", In("seeds.csv.gz"), "--holdout", In("holdout.csv.gz"), "--lists", In("lists.csv"), "--output", "json").Json;
        var parts = Csv.Read(In("lists.csv")).Where(row => row["part"] == "report").Select(row => row["seed_list_id"]).Order(StringComparer.Ordinal);
        Assert.Equal(parts, json["lists"]!.AsArray().Select(list => (string)list!["seed_list_id"]!));
        var recall = (double)json["average_recall"]!;
        Assert.InRange(recall, least, 0.7);
        Assert.True(recall > 1.7 * Baseline(json, "activity"), $"{recall} is not far above activity, {Baseline(json, "activity")}");
        Assert.InRange(Baseline(json, "random"), 0.02, 0.07);
        Assert.True(recall > 5 * Baseline(json, "random"), $"{recall} is not far above chance, {Baseline(json, "random")}");

        Invocation.Good("expand", "--population", _folder["population"], "--seeds", In("seeds.csv.gz"), "--size", "1%", "--format", "parquet", "--out", _folder["audiences"]);
        Assert.All(AudienceFiles.Read(_folder["audiences"]).Values, rows => Assert.Equal(audience, rows.Count));

        string In(string name) => Path.Combine(data, name);
    }

    [Fact]
    public void Play_counts_with_a_heavy_tail_make_embeddings_that_find_fans()
    {
        var plays = Plays(Data("lastfm"), out var seeds);
        var json = Invocation.Good("embed", "--interactions", plays, "--dimension", "32", "--out", _folder["population"], "--output", "json").Json;
        Assert.Equal(0, (int)json["pairs_dropped"]!);
        using (var population = PopulationSnapshot.Open(_folder["population"]))
        {
            Assert.All(population.Shards[0].Embeddings.ToArray(), value => Assert.True(float.IsFinite(value)));
        }

        var plain = Evaluate(seeds);
        var weighted = Evaluate(seeds, "--weight-by", "plays");
        var literal = Evaluate(seeds, "--weight-by", "plays", "--literal-weights");
        Assert.All([plain, weighted, literal], figures => Assert.True(
            (double)figures["average_recall"]! > 2 * Baseline(figures, "random"), $"{figures["average_recall"]} is not far above chance, {Baseline(figures, "random")}"));
        Assert.NotEqual((double)plain["average_recall"]!, (double)literal["average_recall"]!);

        // The logarithm prevents one listener with 350,000 plays from outweighing all others.
        Assert.InRange((double)weighted["average_recall"]!, 0.8 * (double)plain["average_recall"]!, 1.25 * (double)plain["average_recall"]!);
    }

    private JsonObject Evaluate(string seeds, params string[] more) => Invocation.Good(
        ["evaluate", "--population", _folder["population"], "--seeds", seeds, "--repeats", "3", "--output", "json", .. more]).Json;

    // The listeners of the 12 most popular artists become seed lists, weighted by plays. The interactions leave these artists out.
    private string Plays(string lastfm, out string seedFile)
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(lastfm, "interactions.csv.gz")), CompressionMode.Decompress));
        var lines = text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var rows = lines.Skip(1).Select(line => line.TrimEnd('\r').Split(',')).ToArray();
        var artists = rows.GroupBy(row => row[1]).OrderByDescending(fans => fans.Count()).ThenBy(fans => fans.Key, StringComparer.Ordinal)
            .Take(12).Select(fans => fans.Key).ToHashSet(StringComparer.Ordinal);
        var (seeds, plays) = (new StringBuilder("seed_list_id,user_id,plays\n"), new StringBuilder("user_id,item_id,weight\n"));
        foreach (var row in rows)
        {
            if (artists.Contains(row[1])) seeds.Append(CultureInfo.InvariantCulture, $"artist-{row[1]},{row[0]},{row[2]}\n");
            else plays.Append(CultureInfo.InvariantCulture, $"{row[0]},{row[1]},{row[2]}\n");
        }

        seedFile = _folder.Text("seeds.csv", seeds.ToString());
        return _folder.Text("plays.csv", plays.ToString());
    }

    private static double Baseline(JsonObject json, string method) =>
        (double)json["baselines"]!.AsArray().Single(baseline => (string)baseline!["method"]! == method)!["average_recall"]!;

    private static string Data(string name)
    {
        var root = Environment.GetEnvironmentVariable("KINDRED_DATA");
        Assert.SkipWhen(string.IsNullOrEmpty(root), $"KINDRED_DATA is not set to the folder of real data, so '{name}' is not tested.");
        var folder = Path.Combine(root!, name);
        Assert.SkipUnless(Directory.Exists(folder), $"KINDRED_DATA has no folder '{name}', so it is not tested.");
        return folder;
    }
}
