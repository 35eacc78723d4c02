using System.Text;
using Kindred.Data.Models;
using Kindred.Data.Populations;
using Kindred.Networks.Mlp;
using Kindred.Populations;

namespace Kindred.Cli.Tests.Formats;

/// <summary>Tests that the committed files of format version 1 in tests/Formats/v1 stay readable, with NumPy's values.</summary>
public sealed class FormatVersion1Tests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Formats", "v1");
    private static readonly string PopulationFolder = Path.Combine(Folder, "population");
    private static readonly string ModelsFolder = Path.Combine(Folder, "models");

    [Fact]
    public void The_population_opens_with_its_users_countries_items_and_embeddings()
    {
        using var population = PopulationSnapshot.Open(PopulationFolder);
        Assert.Equal("43dd18364a33bfaedfe5182e051f539c", population.Version);
        Assert.Equal((30L, 16, 2, 12), (population.UserCount, population.Dimension, population.Shards.Count, population.Items.Count));
        Assert.Equal(["DE", "HU", "RO"], population.Countries);
        Assert.Equal((1.8297459999720256, 0.37563414728546424), (population.Activity.Mean, population.Activity.Deviation));
        AssertUser(population, "u01", "DE", active: true, "00 01 02 03 04 05 11", [3, 4, 2, 2, 5, 2, 5], 0.09020955860614777, -1.1108341217041016, 0.7428978681564331);
        AssertUser(population, "中", "RO", active: true, "00 05 06 07 08 09 10", [1, 5, 2, 2, 2, 5, 2], 0.8381503820419312, -1.2074960470199585, 2.942046880722046);
        AssertUser(population, "u10", "DE", active: true, "", [], 0, 0, 0);
        Assert.Equal(0, population.Shards[0].Active.Span[population.Find("u05"u8)!.Value.Row]);

        var users = PopulationSnapshot.ReadUsers(PopulationFolder);
        Assert.Equal(
            [("Zoë", "paid"), ("u01", "free"), ("u02", "paid"), ("u03", null)],
            Enumerable.Range(0, 4).Select(i => (users.Ids.GetString(i), users.Attributes["plan"][i])));
        var recipe = PopulationSnapshot.ReadManifest(PopulationFolder).Recipe;
        Assert.Equal("bca86d5af5a6acfa6ca9ef65b24fe66a", recipe["embedding_space"]);
        Assert.Equal("166", recipe["interactions"]);
    }

    [Fact]
    public void The_models_open_with_their_seeds_settings_and_layers()
    {
        var models = ModelFolder.Open(ModelsFolder);
        Assert.Equal(("847988124882b845f2f924b840d5f39f", "mlp", "43dd18364a33bfaedfe5182e051f539c"), (models.Version, models.Method, models.PopulationVersion));
        Assert.Equal("impressions,ctr", models.Settings["weight_by"]);
        Assert.Equal([("Even Ltd", 16, 10), ("odd", 0, 9)], models.Models.Select(model => (model.SeedListId, Network(model).Units, model.Seeds.Count)));
        Assert.All(models.Models, model => Assert.Equal(17, Network(model).Inputs));
        Assert.Equal(["u02", "u04", "u06", "u08", "u10", "u12", "u14", "u16", "u18"], Enumerable.Range(0, 9).Select(models.Models[1].Seeds.GetString));
        Assert.Equal(0.5884276840910343, models.Models[1].Report["loss"]);
    }

    private static Network Network(StoredModel model) => Assert.IsType<NetworkScorer>(model.Scorer).Network;

    [Theory]
    [InlineData("audiences")]
    [InlineData("audiences-parquet")]
    public void The_audiences_keep_their_users_scores_and_thresholds(string name)
    {
        var folder = Path.Combine(Folder, name);
        Assert.Equal(
            [new("u20", -0.64090854f, 1), new("u26", -0.70737547f, 2), new("u24", -0.70956504f, 3), new("u22", -0.71883804f, 4), new("中", -0.7375816f, 5), new("u28", -0.764102f, 6), new("u09", -0.77350783f, 7)],
            AudienceFiles.Read(folder)["odd"]);
        Assert.Equal(["u27", "u21", "u25", "Zoë", "u18", "u28", "u26"], AudienceFiles.Read(folder)["Even Ltd"].Select(row => row.UserId));
        Assert.Equal([new("10%", 3, -0.46896306f, "u25"), new("7", 7, -0.6848787f, "u26")], AudienceFiles.Sizes(folder)["Even Ltd"]);
    }

    [Fact]
    public void Expanding_the_old_models_on_the_old_population_selects_the_old_audiences()
    {
        using var folder = new TemporaryFolder();
        Invocation.Good("expand", "--population", PopulationFolder, "--models", ModelsFolder, "--size", "10%", "7", "--out", folder["audiences"]);
        Assert.Equal(AudienceFiles.Read(Path.Combine(Folder, "audiences")), AudienceFiles.Read(folder["audiences"]));
    }

    [Fact]
    public void The_old_population_can_be_updated_and_keeps_the_bits_of_its_users()
    {
        using var folder = new TemporaryFolder();
        var today = folder.Text("today.csv", "user_id,item_id\nv01,item-00\nv01,item-03\n");
        Invocation.Good("embed", "--update", PopulationFolder, "--interactions", today, "--out", folder["updated"]);
        using var old = PopulationSnapshot.Open(PopulationFolder);
        using var updated = PopulationSnapshot.Open(folder["updated"]);
        Assert.Equal(31, updated.UserCount);
        foreach (var id in new[] { "u01", "u05", "u10", "Zoë", "中" }) Assert.Equal(Embedding(old, id), Embedding(updated, id));
        Invocation.Good("expand", "--population", folder["updated"], "--models", ModelsFolder, "--size", "3", "--out", folder["audiences"]);
    }

    private static void AssertUser(Population population, string id, string country, bool active, string items, float[] weights, params double[] firstValues)
    {
        var user = population.Find(Encoding.UTF8.GetBytes(id))!.Value;
        var shard = population.Shards[user.Shard];
        Assert.Equal(id, Encoding.UTF8.GetString(population.UserId(user)));
        Assert.Equal((country, active), (population.Countries[shard.CountryOf(user.Row)], shard.Active.Span[user.Row] != 0));
        Assert.Equal(items.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(item => "item-" + item), shard.Features!.ColumnsOf(user.Row).ToArray().Select(population.Items.GetString));
        Assert.Equal(weights, shard.Features.WeightsOf(user.Row).ToArray());
        Assert.Equal(firstValues.Select(value => (float)value), Embedding(population, id).Take(firstValues.Length));
        Assert.Equal(Math.Log(1 + weights.Length), shard.Activity.Span[user.Row], 1e-6);
    }

    private static float[] Embedding(Population population, string id)
    {
        var user = population.Find(Encoding.UTF8.GetBytes(id))!.Value;
        return population.Shards[user.Shard].Embeddings.Slice(user.Row * population.Dimension, population.Dimension).ToArray();
    }
}
