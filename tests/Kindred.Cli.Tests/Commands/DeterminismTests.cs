namespace Kindred.Cli.Tests.Commands;

/// <summary>Tests that equal inputs and seeds give equal bytes with any threads and, for audiences, any shards.</summary>
public sealed class DeterminismTests(SmallWorld world) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("csv.gz")]
    [InlineData("parquet")]
    public void A_world_has_the_same_bytes_with_any_threads_and_different_bytes_with_another_seed(string format)
    {
        // More users than one batch of the generator.
        string[] command = ["--users", "9000", "--seed-lists", "3", "--mean-interactions", "3", "--format", format];
        AssertSame("generate", "manifest.json", command);
    }

    [Fact]
    public void A_population_has_the_same_bytes_with_any_threads_and_different_bytes_with_another_seed() =>
        AssertSame("embed", "shard-00000/embeddings.npy", "--interactions", world.Interactions, "--users", world.Users, "--dimension", "24", "--iterations", "3", "--shards", "2");

    [Fact]
    public void Models_have_the_same_bytes_with_any_threads_and_different_bytes_with_another_seed() =>
        AssertSame("train", "models.safetensors", "--population", world.Population, "--seeds", world.Seeds, "--hidden-from", "100", "--weight-by", "impressions,clicks,ctr");

    [Fact]
    public void Audiences_have_the_same_bytes_with_any_threads_and_different_bytes_with_another_seed() =>
        AssertSame("expand", "advertiser-06.parquet", "--population", world.Population, "--seeds", world.Seeds, "--size", "20", "4%", "--format", "parquet", "--hidden-from", "100");

    [Fact]
    public void Reach_has_the_same_bytes_with_any_threads_and_different_bytes_with_another_seed() =>
        AssertSame("reach", "report.html", "--population", world.Population, "--seeds", world.Seeds, "--hidden-from", "100");

    [Fact]
    public void Inspections_have_the_same_bytes_with_any_threads_and_different_bytes_with_another_seed() =>
        AssertSame("inspect", "figures.json", "--population", world.Population, "--seeds", world.Seeds, "--reach", "--method", "foldin", "--list-outliers");

    [Fact]
    public void Figures_are_the_same_text_with_any_threads_and_different_with_another_seed()
    {
        string Evaluate(params string[] more) => Invocation.Good(
            ["evaluate", "--population", world.Population, "--seeds", world.Seeds, "--hidden-from", "100", "--repeats", "2", "--output", "json", .. more]).Output;
        var one = Evaluate("--threads", "1");
        Assert.Equal(one, Evaluate("--threads", "2"));
        Assert.Equal(one, Evaluate("--threads", "2"));
        Assert.NotEqual(one, Evaluate("--seed", "2"));
    }

    [Fact]
    public void Audiences_and_figures_are_the_same_with_any_number_of_shards()
    {
        var figures = new List<string>();
        foreach (var shards in new[] { "1", "2", "5" })
        {
            var population = _folder["population-" + shards];
            Invocation.Good("embed", "--interactions", world.Interactions, "--users", world.Users, "--dimension", "16", "--iterations", "2", "--shards", shards, "--out", population);
            Assert.Equal(int.Parse(shards, System.Globalization.CultureInfo.InvariantCulture), Directory.GetDirectories(population, "shard-*").Length);
            Invocation.Good("expand", "--population", population, "--seeds", world.Seeds, "--size", "2%", "150", "--hidden-from", "100", "--country", "DE", "--out", _folder["audiences-" + shards]);
            figures.Add(Invocation.Good("evaluate", "--population", population, "--seeds", world.Seeds, "--hidden-from", "100", "--output", "json").Output);
        }

        var expected = AudienceFiles.Read(_folder["audiences-1"]);
        Assert.Equal(6, expected.Count);
        Assert.Equal(expected, AudienceFiles.Read(_folder["audiences-2"]));
        Assert.Equal(expected, AudienceFiles.Read(_folder["audiences-5"]));
        Assert.Equal(AudienceFiles.Sizes(_folder["audiences-1"]), AudienceFiles.Sizes(_folder["audiences-5"]));
        Assert.Single(figures.Distinct());
    }

    [Fact]
    public void Row_order_and_file_format_do_not_change_the_population()
    {
        var lines = File.ReadAllLines(world.Interactions);
        var shuffled = lines.Skip(1).OrderBy(line => System.IO.Hashing.XxHash3.HashToUInt64(System.Text.Encoding.UTF8.GetBytes(line))).ToArray();
        var first = _folder.Text("first.csv", lines[0] + "\n" + string.Join('\n', shuffled.Take(30_000)) + "\n");
        var second = _folder.Text("second.csv", lines[0] + "\r\n" + string.Join("\r\n", shuffled.Skip(30_000)) + "\r\n");
        Invocation.Good("embed", "--interactions", first, second, "--users", world.Users, "--dimension", "16", "--out", _folder["population"]);
        FolderContents.AssertSame(world.Population, _folder["population"]);
    }

    private void AssertSame(string command, string changes, params string[] options)
    {
        void Run(string name, params string[] more) => Invocation.Good([command, .. options, "--out", _folder[name], .. more]);
        Run("one", "--threads", "1");
        Run("two", "--threads", "2");
        Run("again", "--threads", "2");
        Run("other", "--seed", "2");
        FolderContents.AssertSame(_folder["one"], _folder["two"]);
        FolderContents.AssertSame(_folder["two"], _folder["again"]);
        Assert.Contains(changes, FolderContents.Differences(_folder["one"], _folder["other"]));
    }
}
