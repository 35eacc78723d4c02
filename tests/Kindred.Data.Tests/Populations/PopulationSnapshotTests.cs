using System.Text.Json.Nodes;
using Kindred.Data.Folders;
using Kindred.Data.Populations;
using Kindred.Data.Tables;
using Kindred.Numerics;
using Kindred.Populations;

namespace Kindred.Data.Tests.Populations;

public sealed class PopulationSnapshotTests : IDisposable
{
    private const int Dimension = 3;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void Every_user_is_found_with_all_written_values_whatever_the_number_of_shards(int shards)
    {
        var content = Sample(200);
        PopulationSnapshot.Write(_folder["p"], content, shards);
        using var population = PopulationSnapshot.Open(_folder["p"]);
        Assert.Equal(shards, population.Shards.Count);
        Assert.Equal(200, population.UserCount);
        Assert.Equal(content.ActivityScale, population.Activity);
        Assert.True(population.HasActivity);
        Assert.Equal(["", "DE", "US"], population.Countries);
        for (var i = 0; i < 200; i++)
        {
            var at = population.Find(content.Users.Ids[i])!.Value;
            var shard = population.Shards[at.Shard];
            Assert.Equal(content.Users.Ids.GetString(i), shard.UserIds.GetString(at.Row));
            Assert.Equal(EmbeddingOf(content, i), shard.Embeddings.Slice(at.Row * Dimension, Dimension).ToArray());
            Assert.Equal(content.Activity[i], shard.Activity.Span[at.Row]);
            Assert.Equal(content.Users.Active[i], shard.Active.Span[at.Row]);
            Assert.Equal(content.Users.CountryOf[i], shard.CountryOf(at.Row));
            Assert.Equal(content.Features!.ColumnsOf(i).ToArray(), shard.Features!.ColumnsOf(at.Row).ToArray());
            Assert.Equal(content.Features!.WeightsOf(i).ToArray(), shard.Features!.WeightsOf(at.Row).ToArray());
        }

        Assert.Null(population.Find("nobody"u8));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Rows_of_a_shard_are_by_country_and_then_by_id(int shards)
    {
        PopulationSnapshot.Write(_folder["p"], Sample(200), shards);
        using var population = PopulationSnapshot.Open(_folder["p"]);
        foreach (var shard in population.Shards)
        {
            for (var country = 0; country < population.Countries.Count; country++)
            {
                for (var row = shard.CountryStarts[country] + 1; row < shard.CountryStarts[country + 1]; row++)
                {
                    Assert.True(shard.UserIds[row - 1].SequenceCompareTo(shard.UserIds[row]) < 0);
                }
            }
        }
    }

    [Fact]
    public void The_same_population_gives_the_same_bytes_and_another_one_another_version()
    {
        var first = PopulationSnapshot.Write(_folder["a"], Sample(100), 2);
        var second = PopulationSnapshot.Write(_folder["b"], Sample(100), 2);
        Assert.Equal(first.Version, second.Version);
        foreach (var path in Files("a")) Assert.Equal(File.ReadAllBytes(_folder["a/" + path]), File.ReadAllBytes(_folder["b/" + path]));
        Assert.Equal(Files("a"), Files("b"));

        var other = Sample(100, change: 1e-6f);
        Assert.NotEqual(first.Version, PopulationSnapshot.Write(_folder["c"], other, 2).Version);
        Assert.NotEqual(first.Version, PopulationSnapshot.Write(_folder["d"], Sample(100) with { Recipe = new Dictionary<string, string>() }, 2).Version);
    }

    [Fact]
    public void Embeddings_are_requested_block_by_block_and_each_user_gets_the_right_one()
    {
        const int Users = IUserEmbeddings.UsersAtATime + 1000;
        var content = Sample(Users);
        var counted = new CountedEmbeddings(content.Embeddings);
        var shares = new List<double>();
        PopulationSnapshot.Write(_folder["p"], content with { Embeddings = counted }, 1, shares.Add, TestContext.Current.CancellationToken);
        Assert.Equal([IUserEmbeddings.UsersAtATime, 1000], counted.Asked);
        Assert.Equal([(double)IUserEmbeddings.UsersAtATime / Users, 1], shares);

        using var population = PopulationSnapshot.Open(_folder["p"]);
        using var expected = content.Embeddings.Of([.. Enumerable.Range(0, Users)], TestContext.Current.CancellationToken);
        var shard = population.Shards[0];
        for (var i = 0; i < Users; i++)
        {
            var row = population.Find(content.Users.Ids[i])!.Value.Row;
            if (!expected.Row(i).SequenceEqual(shard.Embeddings.Slice(row * Dimension, Dimension).Span)) Assert.Fail($"User {i} has the embedding of another.");
        }
    }

    [Fact]
    public void Writing_stops_between_blocks_and_errors_of_the_embeddings_are_passed_on()
    {
        using var cancelled = new CancellationTokenSource();
        var several = Sample(90);
        Assert.Throws<OperationCanceledException>(() => PopulationSnapshot.Write(_folder["p"], several, 3, _ => cancelled.Cancel(), cancelled.Token));
        Assert.InRange(Directory.GetDirectories(_folder["p"], "shard-*").Length, 1, 2);

        var broken = several with { Embeddings = new CountedEmbeddings(several.Embeddings, new KindredException(ErrorKind.BadInput, "test", "not finite", "")) };
        Assert.Equal("not finite", Assert.Throws<KindredException>(() => PopulationSnapshot.Write(_folder["q"], broken, 3)).Message);
    }

    [Fact]
    public void The_manifest_describes_the_population()
    {
        var written = PopulationSnapshot.Write(_folder["p"], Sample(100));
        var manifest = PopulationSnapshot.ReadManifest(_folder["p"]);
        Assert.Equal(written.Version, manifest.Version);
        Assert.Equal((Dimension, 100L, 50L, 2), (manifest.Dimension, manifest.Users, manifest.ActiveUsers, manifest.Items));
        Assert.Equal(
            [new PopulationCountry("", 34, 17), new PopulationCountry("DE", 33, 17), new PopulationCountry("US", 33, 16)],
            manifest.Countries);
        Assert.Equal("als", PopulationSnapshot.ReadManifest(_folder["p"]).Recipe["method"]);
    }

    [Fact]
    public void Users_can_be_read_as_a_table()
    {
        PopulationSnapshot.Write(_folder["p"], Sample(9), 1);
        using var table = TableReader.Open(_folder["p/shard-00000/users.parquet"]);
        Assert.Equal(["user_id", "country", "active", "plan"], table.Columns);
        var (id, plan) = (table.RequireIds("user_id"), table.Require("plan"));
        Assert.True(table.Read());
        Assert.Equal("u00000", System.Text.Encoding.UTF8.GetString(table.Id(id)));
        Assert.Equal("free", System.Text.Encoding.UTF8.GetString(table.Utf8(plan)));
    }

    [Fact]
    public void Items_are_read_with_their_embeddings()
    {
        PopulationSnapshot.Write(_folder["p"], Sample(10));
        var items = PopulationSnapshot.OpenItems(_folder["p"])!;
        Assert.Equal(["i1", "i2"], new[] { items.Ids.GetString(0), items.Ids.GetString(1) });
        Assert.Equal([3f, 4, 5], items.Embeddings.Row(1).ToArray());
        Assert.Equal([10, 20], items.Users);
    }

    [Fact]
    public void Items_features_activity_and_users_may_be_missing()
    {
        var content = Sample(4) with { Items = null, Features = null, Activity = [] };
        PopulationSnapshot.Write(_folder["p"], content, 9);
        Assert.Null(PopulationSnapshot.OpenItems(_folder["p"]));
        using var population = PopulationSnapshot.Open(_folder["p"]);
        Assert.False(population.HasActivity);
        Assert.Equal(0, population.Items.Count);
        Assert.Null(population.Shards[0].Features);
        Assert.Contains(population.Shards, shard => shard.Count == 0);
    }

    [Fact]
    public void A_flipped_byte_in_any_file_is_detected_and_the_file_named()
    {
        PopulationSnapshot.Write(_folder["p"], Sample(50), 2);
        var files = Files("p");
        Gen.Select(Gen.Int[0, files.Length - 1], Gen.Double[0, 1]).Sample((number, place) =>
        {
            var path = files[number];
            var file = _folder["p/" + path];
            var bytes = File.ReadAllBytes(file);
            if (bytes.Length == 0) return;
            bytes[(int)(place * (bytes.Length - 1))] ^= 0x41;
            var whole = File.ReadAllBytes(file);
            File.WriteAllBytes(file, bytes);
            var error = Assert.Throws<KindredException>(() => PopulationSnapshot.Open(_folder["p"]));
            File.WriteAllBytes(file, whole);
            Assert.Equal(ErrorKind.Corrupt, error.Kind);
            Assert.Contains(Path.GetFileName(path), error.Message, StringComparison.Ordinal);
            Assert.Equal("kindred-population", error.Values["format"]);
            Assert.Contains("Make the population again", error.Message, StringComparison.Ordinal);
        }, iter: 150, threads: 1);
    }

    [Fact]
    public void A_missing_or_shortened_file_is_detected_even_without_verifying()
    {
        PopulationSnapshot.Write(_folder["p"], Sample(50), 2);
        foreach (var path in Files("p"))
        {
            var file = _folder["p/" + path];
            var bytes = File.ReadAllBytes(file);
            File.Delete(file);
            AssertCorrupt(path);
            File.WriteAllBytes(file, bytes[..^1]);
            if (path != FolderManifest.FileName) AssertCorrupt(path);
            File.WriteAllBytes(file, bytes);
        }

        PopulationSnapshot.Open(_folder["p"], verify: false).Dispose();

        void AssertCorrupt(string path)
        {
            var error = Assert.Throws<KindredException>(() => PopulationSnapshot.Open(_folder["p"], verify: false));
            Assert.Equal(ErrorKind.Corrupt, error.Kind);
            Assert.Contains(Path.GetFileName(path), error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("format", "kindred-models", "'kindred-models'")]
    [InlineData("formatVersion", "2", "version 2 is not known")]
    public void A_folder_of_another_format_or_a_newer_version_is_refused(string key, string value, string problem)
    {
        PopulationSnapshot.Write(_folder["p"], Sample(5));
        var json = JsonNode.Parse(File.ReadAllText(_folder["p/manifest.json"]))!;
        json[key] = int.TryParse(value, out var number) ? number : value;
        File.WriteAllText(_folder["p/manifest.json"], json.ToJsonString());
        var error = Assert.Throws<KindredException>(() => PopulationSnapshot.Open(_folder["p"]));
        Assert.Equal(ErrorKind.Corrupt, error.Kind);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Users_out_of_order_and_folders_in_use_are_refused()
    {
        var content = Sample(2);
        Assert.Throws<ArgumentException>(() => PopulationSnapshot.Write(_folder["p"], content with { Users = content.Users with { Ids = IdList.From(["b", "a"]) } }));
        Assert.Equal(ErrorKind.Output, Assert.Throws<KindredException>(() =>
        {
            Directory.CreateDirectory(_folder["q"]);
            _folder.Text("q/mine", "");
            PopulationSnapshot.Write(_folder["q"], content);
        }).Kind);
    }

    [Fact]
    public void A_manifest_that_was_edited_is_detected()
    {
        PopulationSnapshot.Write(_folder["p"], Sample(5));
        File.WriteAllText(_folder["p/manifest.json"], File.ReadAllText(_folder["p/manifest.json"]).Replace("\"als\"", "\"bpr\"", StringComparison.Ordinal));
        var error = Assert.Throws<KindredException>(() => PopulationSnapshot.ReadManifest(_folder["p"]));
        Assert.Equal(ErrorKind.Corrupt, error.Kind);
        Assert.Contains("manifest.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_is_bad_input() =>
        Assert.Equal(ErrorKind.BadInput, Assert.Throws<KindredException>(() => PopulationSnapshot.Open(_folder["nowhere"])).Kind);

    private string[] Files(string folder) =>
        [.. Directory.EnumerateFiles(_folder[folder], "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_folder[folder], path)).Order(StringComparer.Ordinal)];

    private static float[] EmbeddingOf(NewPopulation content, int user)
    {
        using var row = content.Embeddings.Of([user]);
        return row.Row(0).ToArray();
    }

    private static NewPopulation Sample(int users, float change = 0)
    {
        var embeddings = new AlignedMatrix(users, Dimension);
        var random = new Random(7);
        for (var i = 0; i < users; i++)
        {
            foreach (ref var value in embeddings.Row(i)) value = random.NextSingle();
        }

        embeddings.Row(users / 2)[1] += change;
        var items = new AlignedMatrix(2, Dimension);
        for (var i = 0; i < 6; i++) items.RowRange(0, 2)[i] = i;
        return new NewPopulation
        {
            Users = new UserTable(
                IdList.From(Enumerable.Range(0, users).Select(i => $"u{i:D5}")), ["", "DE", "US"],
                [.. Enumerable.Range(0, users).Select(i => i % 3)], [.. Enumerable.Range(0, users).Select(i => (byte)(i % 2))],
                new Dictionary<string, string?[]> { ["plan"] = [.. Enumerable.Range(0, users).Select(i => i % 4 == 0 ? "free" : null)] }),
            Embeddings = new EmbeddingMatrix(embeddings),
            Activity = [.. Enumerable.Range(0, users).Select(i => i / 3f)],
            ActivityScale = new ActivityScale(1 / 3.0, Math.PI),
            Features = new SparseRows(
                Enumerable.Range(0, users + 1).Select(i => (long)(i / 2)).ToArray(),
                Enumerable.Range(0, users / 2).Select(i => i % 2).ToArray(),
                Enumerable.Range(0, users / 2).Select(i => i + 0.5f).ToArray()),
            Items = new ItemTable(IdList.From(["i1", "i2"]), items, [10, 20]),
            Recipe = new Dictionary<string, string> { ["method"] = "als", ["dimension"] = "3" },
        };
    }

    /// <summary>Records the sizes of requests, or fails.</summary>
    private sealed class CountedEmbeddings(IUserEmbeddings all, Exception? error = null) : IUserEmbeddings
    {
        public List<int> Asked { get; } = [];

        public int Count => all.Count;

        public int Dimension => all.Dimension;

        public AlignedMatrix Of(IReadOnlyList<int> users, CancellationToken cancellation = default)
        {
            if (error is not null) throw error;
            Asked.Add(users.Count);
            return all.Of(users, cancellation);
        }

        public void Dispose() => all.Dispose();
    }
}
