using System.Globalization;
using System.Text.Json.Nodes;
using Kindred.Data.Audiences;
using Kindred.Data.Folders;
using Kindred.Data.Forgetting;
using Kindred.Data.Forgotten;

namespace Kindred.Data.Tests.Forgetting;

public sealed class AudienceWithoutTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("csv")]
    [InlineData("csv.gz")]
    [InlineData("parquet")]
    public void A_file_equals_the_one_written_without_the_users(string format) => Audience.Select(Gen.Int[0, 59].HashSet[0, 30]).Sample((audience, gone) =>
    {
        var (file, expected) = (_folder[$"audience.{format}"], _folder[$"expected.{format}"]);
        WriteFile(file, audience);
        var kept = audience.Where((_, i) => !gone.Contains(i)).ToArray();
        WriteFile(expected, kept);
        var tombstones = Tombstones.Empty.With(audience.Where((_, i) => gone.Contains(i)).Select(member => member.Id)).With(["never seen"]);
        Assert.Equal(audience.Length - kept.Length, AudienceFileWithout.Replace(file, tombstones));
        Assert.Equal(File.ReadAllBytes(expected), File.ReadAllBytes(file));
        Assert.Equal(0, AudienceFileWithout.Replace(file, tombstones));
        Assert.Equal(File.ReadAllBytes(expected), File.ReadAllBytes(file));
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder.Path).Length);
        for (var i = 0; i < audience.Length; i++) Assert.Equal(!gone.Contains(i), Traces.Of(audience[i].Id, _folder.Path).Length > 0);
    }, iter: 30, threads: 1);

    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    public void A_folder_equals_the_one_written_without_the_users(string format) =>
        Gen.Select(Audience.Array[1, 4], Gen.Int[1, 60].Array[1, 3], Gen.Int[0, 59].HashSet[0, 60]).Sample((audiences, sizes, gone) =>
    {
        using var folder = new TemporaryFolder();
        var ids = gone.Select(Id).ToHashSet();
        WriteFolder(folder["a"], audiences, sizes, [], format);
        WriteFolder(folder["expected"], audiences, sizes, ids, format);
        var tombstones = Tombstones.Empty.With(ids);
        Assert.Equal(audiences.Sum(audience => audience.Count(member => ids.Contains(member.Id))), AudienceFolderWithout.Replace(folder["a"], tombstones));
        Traces.AssertSame(Traces.Files(folder["expected"]), Traces.Files(folder["a"]));
        Assert.All(ids, id => Assert.Empty(Traces.Of(id, folder.Path)));
        Assert.Equal(0, AudienceFolderWithout.Replace(folder["a"], tombstones));
        Traces.AssertSame(Traces.Files(folder["expected"]), Traces.Files(folder["a"]));
        Assert.Equal(2, Directory.GetFileSystemEntries(folder.Path).Length);
    }, iter: 20, threads: 1);

    [Fact]
    public void The_user_before_a_forgotten_one_becomes_the_threshold_even_among_equal_scores()
    {
        WriteFolder(_folder["a"], [[("a", 2), ("b", 1), ("c", 1), ("d", 1), ("e", 0)]], [1, 3, 4], [], "csv");
        AudienceFolderWithout.Replace(_folder["a"], Tombstones.Empty.With(["a", "c"]));
        Assert.Equal("user_id,score,rank\nb,1,1\nd,1,2\ne,0,3\n", File.ReadAllText(_folder["a/list 0.csv"]));
        Assert.Equal([(0, "Infinity", ""), (1, "1", "b"), (2, "1", "d")], Sizes());

        // An empty size stays empty.
        AudienceFolderWithout.Replace(_folder["a"], Tombstones.Empty.With(["d"]));
        Assert.Equal([(0, "Infinity", ""), (1, "1", "b"), (1, "1", "b")], Sizes());

        IEnumerable<(int, string, string)> Sizes() => JsonNode.Parse(File.ReadAllText(_folder["a/manifest.json"]))!["audiences"]![0]!["sizes"]!.AsArray()
            .Select(size => (size!["users"]!.GetValue<int>(), size["thresholdScore"]!.GetValue<string>(), size["lastUserId"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("csv.gz")]
    public void A_user_is_removed_from_an_audience_for_spreadsheets_and_the_manifest_names_the_last_one_exactly(string format)
    {
        // The longest id has one byte more in the file.
        (string, float)[] members = [("=a", 3), (_longest, 2.5f), ("-b", 2), ("c", 1)];
        WriteFolder(_folder["a"], [members], [4], [], format);
        WriteFile(_folder[$"a/list 0.{format}"], members, safe: true);
        var content = FolderManifest.Read(_folder["a"], AudienceFolderWithout.Format, 1, "").Content;
        content["spreadsheetSafe"] = true;
        FolderManifest.Describe(_folder["a"], AudienceFolderWithout.Format, 1, content).Write(_folder["a"]);

        Assert.Equal(2, AudienceFolderWithout.Replace(_folder["a"], Tombstones.Empty.With(["=a", "c"])));
        WriteFile(_folder[$"expected.{format}"], [(_longest, 2.5f), ("-b", 2)], safe: true);
        Assert.Equal(File.ReadAllBytes(_folder[$"expected.{format}"]), File.ReadAllBytes(_folder[$"a/list 0.{format}"]));
        Assert.Equal("-b", FolderManifest.Read(_folder["a"], AudienceFolderWithout.Format, 1, "").Content["audiences"]![0]!["sizes"]![0]!["lastUserId"]!.GetValue<string>());
    }

    [Fact]
    public void A_rewrite_that_is_stopped_or_fails_leaves_the_old_state()
    {
        var members = Enumerable.Range(0, 70_000).Select(i => ($"u{i:D5}", 1 - i / 1e6f)).ToArray();
        WriteFolder(_folder["a"], [members], [10], [], "csv.gz");
        var before = Traces.Files(_folder.Path);
        var stopped = new CancellationToken(canceled: true);
        var tombstones = Tombstones.Empty.With(["u00004"]);
        Assert.ThrowsAny<OperationCanceledException>(() => AudienceFolderWithout.Replace(_folder["a"], tombstones, stopped));
        Assert.ThrowsAny<OperationCanceledException>(() => AudienceFileWithout.Replace(_folder["a/list 0.csv.gz"], tombstones, stopped));
        Assert.ThrowsAny<OperationCanceledException>(() => InPlace.ReplaceFile(_folder["a/list 0.csv.gz"], temporary =>
            AudienceFileWithout.Write(_folder["a/list 0.csv.gz"], temporary, tombstones, new HashSet<long>(), stopped)));
        Traces.AssertSame(before, Traces.Files(_folder.Path));

        // Fewer rows than the manifest says, with a matching checksum.
        WriteFile(_folder["a/list 0.csv.gz"], members[..5]);
        var manifest = FolderManifest.Read(_folder["a"], AudienceFolderWithout.Format, 1, "");
        FolderManifest.Describe(_folder["a"], manifest.Format, 1, manifest.Content).Write(_folder["a"]);
        before = Traces.Files(_folder.Path);
        var error = Assert.Throws<KindredException>(() => AudienceFolderWithout.Replace(_folder["a"], tombstones));
        Assert.Equal(ErrorKind.Corrupt, error.Kind);
        Traces.AssertSame(before, Traces.Files(_folder.Path));
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData("user_id,score,rank,plan\na,1,1,x\n", "plan")]
    [InlineData("user_id,score,rank\na,1,1\nb,much,2\n", "'much' is not a number")]
    public void A_file_that_is_not_an_audience_is_left_as_it_is(string text, string problem)
    {
        _folder.Text("a.csv", text);
        var error = Assert.ThrowsAny<KindredException>(() => AudienceFileWithout.Replace(_folder["a.csv"], Tombstones.Empty.With(["a"])));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(_folder["a.csv"]));
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    // Few distinct scores, so that thresholds fall among equal ones. Some scores differ only in the last bits.
    private static Gen<(string Id, float Score)[]> Audience => Gen.Select(Gen.OneOf(Gen.Int[0, 3].Select(score => (float)score), Gen.Float[-1f, 1f]).Array[60], Gen.Int[1, 60]).Select((scores, count) =>
        scores.Take(count).Select((score, i) => (Id: Id(i), Score: score)).OrderByDescending(member => member.Score).ThenBy(member => member.Id, StringComparer.Ordinal).ToArray());

    private static readonly string _longest = "@" + new string('x', 127);

    private static string Id(int user) => $"user, {user:D2}!";

    private static void WriteFile(string file, IReadOnlyList<(string Id, float Score)> members, bool safe = false)
    {
        using var writer = new AudienceWriter(file, spreadsheetSafe: safe);
        for (var i = 0; i < members.Count; i++) writer.Write(System.Text.Encoding.UTF8.GetBytes(members[i].Id), members[i].Score, i + 1);
        writer.Complete();
    }

    // As an expansion writes them, with naively counted sizes.
    private static void WriteFolder(string folder, (string Id, float Score)[][] audiences, int[] sizes, HashSet<string> without, string format)
    {
        Directory.CreateDirectory(folder);
        var entries = new JsonArray();
        for (var i = 0; i < audiences.Length; i++)
        {
            WriteFile(Path.Combine(folder, $"list {i}.{format}"), [.. audiences[i].Where(member => !without.Contains(member.Id))]);
            entries.Add(new JsonObject
            {
                ["seedListId"] = $"list {i}",
                ["file"] = $"list {i}.{format}",
                ["seeds"] = 3,
                ["candidates"] = 1000,
                ["sizes"] = new JsonArray([.. sizes.Select(size => Size(size, [.. audiences[i].Take(size).Where(member => !without.Contains(member.Id))]))]),
            });
        }

        FolderManifest.Describe(folder, AudienceFolderWithout.Format, 1, new JsonObject { ["audiences"] = entries, ["excludedUsers"] = 4 }).Write(folder);
    }

    private static JsonObject Size(int size, (string Id, float Score)[] members) => new()
    {
        ["size"] = size.ToString(CultureInfo.InvariantCulture),
        ["users"] = members.Length,
        ["thresholdScore"] = members.Length == 0 ? "Infinity" : members[^1].Score.ToString("R", CultureInfo.InvariantCulture),
        ["lastUserId"] = members.Length == 0 ? "" : members[^1].Id,
    };
}
