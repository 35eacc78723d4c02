using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kindred.Cli.Shell;
using Kindred.Cli.Tests.DailyRuns;
using Kindred.Data.Folders;

namespace Kindred.Cli.Tests.Commands;

/// <summary><c>kindred verify</c> and <c>kindred show</c> on valid and damaged folders of every kind.</summary>
public sealed class VerifyTests(SmallWorld world) : IDisposable
{
    private const string Setpriv = "/usr/bin/setpriv";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, UnsupportedOSPlatform("windows")]
    [InlineData("manifest.json")]
    [InlineData("shard-00000")]
    public void Unreadable_files_are_not_called_damaged(string name)
    {
        Assert.SkipWhen(IsRoot && !File.Exists(Setpriv), $"Root reads every file, and {Setpriv}, which drops that capability, is missing.");
        DailyWorld.CopyFolder(world.Population, _folder["population"]);
        var path = Path.Combine(_folder["population"], name);
        var before = File.GetUnixFileMode(path);
        File.SetUnixFileMode(path, UnixFileMode.None);
        try
        {
            foreach (var command in new[] { "verify", "show" })
            {
                var run = Unprivileged(command, _folder["population"]);
                Assert.Equal(ExitCode.BadInput, run.Code);
                Assert.Contains("so it cannot be said whether it is damaged", run.Error, StringComparison.Ordinal);
            }
        }
        finally
        {
            File.SetUnixFileMode(path, before);
        }
    }

    private static bool IsRoot => Environment.UserName == "root";

    // Without the two capabilities that bypass permissions, root is subject to them like an ordinary user.
    private static Invocation Unprivileged(params string[] arguments) => IsRoot
        ? KindredProcess.Of(Setpriv, ["--bounding-set=-dac_override,-dac_read_search", .. KindredProcess.Words, .. arguments])
        : Invocation.Of(arguments);

    [Fact]
    public void Valid_folders_give_one_line_each_and_exit_code_0()
    {
        Invocation.Good("expand", "--population", world.Population, "--models", world.Models, "--size", "1%", "5%", "--out", _folder["csv"]);
        Invocation.Good("expand", "--population", world.Population, "--models", world.Models, "--size", "7", "--include-seed", "--format", "parquet", "--out", _folder["parquet"]);
        var run = Invocation.Good("verify", world.World, world.Population, world.Models, _folder["csv"], _folder["parquet"]);
        Assert.Equal("", run.Error);
        var lines = run.Output.TrimEnd().Split('\n');
        Assert.Equal(5, lines.Length);
        Assert.All(lines, line => Assert.EndsWith("intact.", line.TrimEnd(), StringComparison.Ordinal));
        Assert.StartsWith($"{world.Population}: kindred-population, version 1, ", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v1", "population")]
    [InlineData("v1", "models")]
    [InlineData("v1", "audiences")]
    [InlineData("v1", "audiences-parquet")]
    [InlineData("v2", "models")]
    [InlineData("v2", "audiences")]
    public void Folders_of_older_versions_are_valid(string version, string name) =>
        Invocation.Good("verify", Path.Combine(Repository.Root, "tests", "Formats", version, name));

    [Fact]
    public void Every_problem_is_reported()
    {
        var copy = Copy(world.Population);
        Flip(Path.Combine(copy, "shard-00000", "embeddings.npy"));
        File.Delete(Path.Combine(copy, "shard-00000", "activity.npy"));
        File.AppendAllText(Path.Combine(copy, "items", "users.npy"), "x");
        var run = Invocation.Of("verify", copy, world.Models);
        Assert.Equal(ExitCode.Corrupt, run.Code);
        Assert.Contains(": 3 problems.", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{Path.Combine(copy, "shard-00000", "embeddings.npy")} is damaged: its checksum", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{Path.Combine(copy, "shard-00000", "activity.npy")} is missing", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{Path.Combine(copy, "items", "users.npy")} has ", run.Output, StringComparison.Ordinal);
        Assert.Contains("What to do: Make the population again with `kindred embed`", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{world.Models}: kindred-models, version 2,", run.Output, StringComparison.Ordinal);

        var json = Invocation.Of("verify", copy, world.Models, "--output", "json").Json;
        Assert.False((bool)json["whole"]!);
        Assert.Equal(3, (int)json["folders"]![0]!["problems"]!);
        Assert.True((bool)json["folders"]![1]!["whole"]!);
    }

    [Theory]
    [InlineData("shard-00000/embeddings.npy", 128, new byte[] { 0, 0, 192, 127 }, "has 1 values that are NaN or infinite, the first at place 0")]
    [InlineData("shard-00000/activity.npy", 132, new byte[] { 0, 0, 128, 255 }, "has 1 values that are NaN or infinite, the first at place 1")]
    [InlineData("shard-00000/active.npy", 128, new byte[] { 7 }, "has values other than 0 and 1")]
    [InlineData("shard-00000/rows_by_id.npy", 128, new byte[] { 1, 0, 0, 0, 1, 0, 0, 0 }, "does not list every row once")]
    [InlineData("shard-00000/feature_items.npy", 128, new byte[] { 255, 255, 255, 127 }, "has numbers of items that do not exist")]
    [InlineData("shard-00000/feature_starts.npy", 136, new byte[] { 255, 255, 255, 127, 0, 0, 0, 0 }, "does not ascend at row 1")]
    [InlineData("shard-00000/user_ids.npy", 128, new byte[] { (byte)'z', (byte)'z' }, "out of order in their country")]
    [InlineData("shard-00000/user_id_offsets.npy", 136, new byte[] { 0, 0, 0, 0 }, "gives row 0 an id of 0 bytes")]
    [InlineData("shard-00000/active.npy", 61, new byte[] { (byte)'9' }, "bytes, but its shape needs")]
    [InlineData("items/embeddings.npy", 128, new byte[] { 0, 0, 128, 127 }, "has 1 values that are NaN or infinite")]
    public void A_wrongly_written_population_is_found_despite_matching_checksums(string file, int at, byte[] bytes, string words)
    {
        var copy = Copy(world.Population);
        Overwrite(Path.Combine(copy, file), at, bytes);
        Describe(copy);
        var run = Invocation.Of("verify", copy);
        Assert.Equal(ExitCode.Corrupt, run.Code);
        Assert.Matches(Regex.Escape(Path.Combine(copy, file)) + ".*" + Regex.Escape(words), run.Output);
    }

    [Fact]
    public void Wrong_user_counts_in_the_manifest_are_found()
    {
        var copy = Copy(world.Population);
        Describe(copy, content => content["activeUsers"] = 1);
        Assert.Contains("says 1 active users, but the shards have", Invocation.Of("verify", copy).Output, StringComparison.Ordinal);
        Describe(copy, content => content["users"] = 1);
        Assert.Contains("says 1 users, but its shards have 4,000", Invocation.Of("verify", copy).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Model_parameters_must_be_finite_and_seed_counts_must_match_the_manifest()
    {
        var copy = Copy(world.Models);
        var file = Path.Combine(copy, "models.safetensors");
        Overwrite(file, (int)new FileInfo(file).Length - 4, [0, 0, 192, 127]);
        Describe(copy, content => content["models"]![1]!["seeds"] = 3);
        var run = Invocation.Of("verify", copy);
        Assert.Equal(ExitCode.Corrupt, run.Code);
        Assert.Matches(Regex.Escape(file) + @", tensor '000005/\w+', has 1 values that are NaN or infinite", run.Output);
        Assert.Contains("'advertiser-02', but its manifest says 3", run.Output, StringComparison.Ordinal);
        Assert.Contains(": 2 problems.", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("swap", "is out of order at rank 2")]
    [InlineData("cut", "has 9 users, but the manifest says 10")]
    public void An_unranked_or_truncated_audience_is_found(string harm, string words)
    {
        Invocation.Good("expand", "--population", world.Population, "--models", world.Models, "--size", "10", "--out", _folder["audiences"]);
        var file = Path.Combine(_folder["audiences"], "advertiser-01.csv");
        var lines = File.ReadAllLines(file).ToList();
        if (harm == "cut") lines.RemoveAt(10);
        else (lines[1], lines[2]) = (Regex.Replace(lines[2], ",2$", ",1"), Regex.Replace(lines[1], ",1$", ",2"));
        File.WriteAllLines(file, lines);
        Describe(_folder["audiences"]);
        var run = Invocation.Of("verify", _folder["audiences"]);
        Assert.Equal(ExitCode.Corrupt, run.Code);
        Assert.Contains($"{file} {words}", run.Output, StringComparison.Ordinal);
        Assert.Contains("kindred expand", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Nested_folders_are_verified_and_shown()
    {
        var copy = Copy(world.Population);
        Invocation.Good("tune", "--population", copy, "--lists", "10", "--folds", "2");
        Assert.Contains("/tuning: kindred-tuning, version 1, 0 files", Invocation.Good("verify", copy).Output, StringComparison.Ordinal);
        Assert.Contains("source: pseudo lists", Invocation.Good("show", copy).Output, StringComparison.Ordinal);

        var manifest = Path.Combine(copy, "tuning", FolderManifest.FileName);
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"methods\"", "\"methodz\"", StringComparison.Ordinal));
        var run = Invocation.Of("verify", copy);
        Assert.Equal(ExitCode.Corrupt, run.Code);
        Assert.Contains($"{copy}: kindred-population", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{manifest} is damaged: its contents do not match its version", run.Output, StringComparison.Ordinal);
        Assert.Contains("kindred tune", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Foreign_files_are_reported_but_are_no_damage()
    {
        var copy = Copy(world.Models);
        Directory.CreateDirectory(Path.Combine(copy, "notes"));
        File.WriteAllText(Path.Combine(copy, "notes", "a.json"), "{");
        File.WriteAllText(Path.Combine(copy, "extra.txt"), "");
        var run = Invocation.Good("verify", copy, world.Models);
        Assert.Matches($"^{Regex.Escape(copy)}: kindred-models, .*: intact.\n  Foreign files: extra.txt, notes/a.json.\n{Regex.Escape(world.Models)}: .*intact.\n$", run.Output);
        var json = Invocation.Good("verify", copy, world.Models, "--output", "json").Json;
        Assert.True((bool)json["whole"]!);
        Assert.Equal("""["extra.txt","notes/a.json"]""", json["folders"]![0]!["foreign"]!.ToJsonString());
        Assert.Equal("[]", json["folders"]![1]!["foreign"]!.ToJsonString());

        // Damage is reported in addition.
        File.AppendAllText(Path.Combine(copy, "models.safetensors"), "x");
        for (var i = 0; i < 25; i++) File.WriteAllText(Path.Combine(copy, $"x{i:D2}"), "");
        run = Invocation.Of("verify", copy);
        Assert.Equal(ExitCode.Corrupt, run.Code);
        Assert.Contains("models.safetensors has ", run.Output, StringComparison.Ordinal);
        Assert.Contains("  Foreign files: extra.txt, notes/a.json, x00, ", run.Output, StringComparison.Ordinal);
        Assert.Contains(", x17 and 7 more.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Nested_folders_and_later_parts_are_not_foreign()
    {
        var copy = Copy(world.Population);
        Invocation.Good("tune", "--population", copy, "--lists", "10", "--folds", "2");
        File.WriteAllText(Path.Combine(copy, "tuning", "extra.txt"), "");
        var lines = Invocation.Good("verify", copy).Output.TrimEnd().Split('\n');
        Assert.Equal(["", "/tuning", "  Foreign files: extra.txt."], lines.Select(line => line.Replace(copy, "", StringComparison.Ordinal).Split(": kindred-")[0]));

        var parts = PartsFolder.Open(_folder["out"], "kindred-comparison-parts", new Dictionary<string, string>(StringComparer.Ordinal), resume: false);
        parts.Write("one", []);
        Assert.DoesNotContain("Not of this folder", Invocation.Good("verify", parts.Path).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Twenty_problems_are_listed_and_the_others_counted()
    {
        var copy = Copy(world.Population);
        foreach (var file in Directory.EnumerateFiles(copy, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith("manifest.json", StringComparison.Ordinal))) File.Delete(file);
        Describe(copy);
        for (var i = 0; i < 30; i++) File.WriteAllText(Path.Combine(copy, $"{i:D2}.json"), "no json");
        Describe(copy);
        var output = Invocation.Of("verify", copy).Output;
        Assert.Equal(20, Regex.Count(output, @"\d\d\.json is damaged: it is not JSON"));
        Assert.Matches("… and \\d+ more", output);
    }

    [Fact]
    public void A_newer_version_and_an_unknown_format_are_reported_as_such()
    {
        var newer = Copy(world.Models, "newer");
        Describe(newer, version: 99);
        var run = Invocation.Of("verify", newer);
        Assert.Equal(ExitCode.Corrupt, run.Code);
        Assert.Contains($"{newer}: kindred-models, version 99, ", run.Output, StringComparison.Ordinal);
        Assert.Contains("format version 99 is not known; this program reads 1 to 2.", run.Output, StringComparison.Ordinal);
        AssertOnlyRemedy(run.Output);
        Assert.Equal("Use the version of Kindred that wrote it", (string)Invocation.Of("verify", newer, "--output", "json").Json["folders"]![0]!["remedy"]!);
        var show = Invocation.Of("show", newer).Error;
        Assert.Contains("version 99", show, StringComparison.Ordinal);
        Assert.DoesNotContain("Train the models again", show, StringComparison.Ordinal);

        Describe(newer, format: "kindred-dreams");
        foreach (var text in new[] { Invocation.Of("verify", newer).Output, Invocation.Of("show", newer).Error })
        {
            Assert.Contains("'kindred-dreams' is not known to this version of Kindred", text, StringComparison.Ordinal);
            Assert.Contains("Use the version of Kindred that wrote it.", text, StringComparison.Ordinal);
        }

        AssertOnlyRemedy(Invocation.Of("verify", newer).Output);

        static void AssertOnlyRemedy(string output)
        {
            Assert.Contains("  What to do: Use the version of Kindred that wrote it.", output, StringComparison.Ordinal);
            Assert.Equal(1, Regex.Count(output, "Use the version|[Mm]ake|[Tt]rain|Give the path"));
        }
    }

    [Fact]
    public void A_changed_manifest_is_shown_with_its_version_and_one_without_a_version_is_shown_without()
    {
        var copy = Copy(world.Models);
        var manifest = Path.Combine(copy, FolderManifest.FileName);
        var whole = File.ReadAllText(manifest);
        File.WriteAllText(manifest, whole.Replace("\"seed\"", "\"sead\"", StringComparison.Ordinal));
        Assert.Contains($"{copy}: kindred-models, version 2, ", Invocation.Of("verify", copy).Output, StringComparison.Ordinal);

        File.WriteAllText(manifest, whole.Replace("\"formatVersion\": 2", "\"formatVersion\": \"2\"", StringComparison.Ordinal));
        var run = Invocation.Of("verify", copy);
        Assert.Contains($"{manifest} is damaged: it does not say which version of its format it is", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("version 0", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("show")]
    public void A_folder_that_Kindred_did_not_write_is_refused(string command)
    {
        Assert.Equal((ExitCode.BadInput, true), Failed(_folder["missing"], "no such folder"));
        Assert.Equal((ExitCode.BadInput, true), Failed(world.Seeds, "is a file, not a folder"));
        Directory.CreateDirectory(_folder["photos"]);
        Assert.Equal((ExitCode.Corrupt, true), Failed(_folder["photos"], "not a folder that Kindred wrote"));
        Assert.Equal(ExitCode.Usage, Invocation.Of(command).Code);

        (int, bool) Failed(string path, string words)
        {
            var run = Invocation.Of(command, path);
            return (run.Code, (run.Output + run.Error).Contains(words, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_folder_is_shown_with_counts_and_without_user_ids()
    {
        Invocation.Good("expand", "--population", world.Population, "--models", world.Models, "--size", "10", "--out", _folder["audiences"]);
        var run = Invocation.Good("show", world.World, world.Population, world.Models, _folder["audiences"]);
        Assert.DoesNotMatch(@"\bu\d{7}\b", run.Output);
        Assert.DoesNotMatch(@"\bseed \d", run.Output);
        Assert.Contains("  users: 4,000", run.Output, StringComparison.Ordinal);
        Assert.Contains($"  active users: {world.People.Count(person => person.Active):N0}", run.Output, StringComparison.Ordinal);
        Assert.Contains($"DE {world.People.Count(person => person.Country == "DE"):N0}, HU ", run.Output, StringComparison.Ordinal);
        Assert.Contains("  scorers: network 6", run.Output, StringComparison.Ordinal);
        Assert.Contains("  sizes: 10 6", run.Output, StringComparison.Ordinal);

        var json = Invocation.Good("show", world.Population, "--output", "json");
        Assert.DoesNotMatch(@"\bu\d{7}\b", json.Output);
        var shown = json.Json["folders"]![0]!;
        Assert.Equal(4000, (int)shown["facts"]!["users"]!);
        Assert.Equal(16, int.Parse(shown["facts"]!["made_by"]!["dimension"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(Directory.EnumerateFiles(world.Population, "*", SearchOption.AllDirectories).Count() - 1, (int)shown["files"]!);
    }

    private string Copy(string from, string name = "copy")
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(_folder[name], Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return _folder[name];
    }

    /// <summary>Rewrites the manifest with checksums of the present files.</summary>
    private static void Describe(string folder, Action<JsonObject>? edit = null, int? version = null, string? format = null)
    {
        var content = JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder, FolderManifest.FileName)))!.AsObject();
        var (name, number) = (format ?? (string)content["format"]!, version ?? (int)content["formatVersion"]!);
        foreach (var key in new[] { "format", "formatVersion", "files", "version" }) content.Remove(key);
        edit?.Invoke(content);
        FolderManifest.Describe(folder, name, number, content).Write(folder);
    }

    private static void Flip(string file)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);
    }

    private static void Overwrite(string file, int at, byte[] bytes)
    {
        using var stream = File.OpenWrite(file);
        stream.Position = at;
        stream.Write(bytes);
    }
}
