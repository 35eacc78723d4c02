using System.Diagnostics;
using System.Runtime.InteropServices;
using Kindred.Data.Folders;
using Kindred.Data.Forgetting;
using Kindred.Data.Forgotten;
using Kindred.Data.Populations;
using Kindred.Data.Tuning;
using Kindred.Embeddings;
using Kindred.Populations;
using Kindred.SeedModels;
using Kindred.Tuning;

namespace Kindred.Data.Tests.Forgetting;

public sealed class PopulationWithoutTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void The_bytes_equal_a_population_that_never_had_the_users(int shards) => Gen.Select(Gen.Int[1, 40], Gen.Int[0, 39].HashSet[0, 40], Gen.Bool).Sample((users, gone, all) =>
    {
        using var folder = new TemporaryFolder();
        gone.RemoveWhere(user => user >= users);
        SamplePopulation.Write(folder["old"], SamplePopulation.Of(users, all: all), shards);
        var expected = SamplePopulation.Write(folder["expected"], SamplePopulation.Of(users, gone.Contains, all: all), shards);
        var before = Traces.Files(folder["old"]);

        using var population = PopulationSnapshot.Open(folder["old"]);
        var written = PopulationWithout.Write(folder["old"], folder["new"], [.. gone.Select(user => population.Find(System.Text.Encoding.UTF8.GetBytes(SamplePopulation.Id(user)))!.Value)]);
        Traces.AssertSame(Traces.Files(folder["expected"]), Traces.Files(folder["new"]));
        Traces.AssertSame(before, Traces.Files(folder["old"]));
        Assert.Equal(expected.Version, written.Version);
        Assert.Equal(expected.Countries, written.Countries);

        Assert.Equal(gone.Count, PopulationWithout.Replace(folder["old"], Tombstones.Empty.With(gone.Select(SamplePopulation.Id))));
        Traces.AssertSame(Traces.Files(folder["expected"]), Traces.Files(folder["old"]));
    }, iter: 15, threads: 1);

    [Fact]
    public void Nothing_of_a_forgotten_user_is_left_in_any_file()
    {
        SamplePopulation.Write(_folder["p"], SamplePopulation.Of(100), 3);
        var embedding = MemoryMarshal.AsBytes(SamplePopulation.Embedding(43).AsSpan()).ToArray();
        Assert.Equal(2, Traces.Of(SamplePopulation.Id(43), _folder.Path).Length);
        Assert.Single(Traces.Of(embedding, _folder.Path));
        Assert.Single(Traces.Of($"town of {SamplePopulation.Id(43)}", _folder.Path));
        Assert.Single(Traces.Of(BitConverter.GetBytes(43.5f), _folder.Path));

        Assert.Equal(1, PopulationWithout.Replace(_folder["p"], Tombstones.Empty.With([SamplePopulation.Id(43), "never seen"])));
        Assert.Empty(Traces.Of(SamplePopulation.Id(43), _folder.Path));
        Assert.Empty(Traces.Of(embedding, _folder.Path));
        Assert.Empty(Traces.Of(BitConverter.GetBytes(43.5f), _folder.Path));
        Assert.Equal(2, Traces.Of(SamplePopulation.Id(44), _folder.Path).Length);
        Assert.Equal([_folder["p"]], Directory.GetFileSystemEntries(_folder.Path));

        using var population = PopulationSnapshot.Open(_folder["p"]);
        Assert.Null(population.Find("user-000043"u8));
        Assert.Equal(99, population.UserCount);
    }

    [Fact]
    public void Only_the_shards_of_forgotten_users_are_rewritten()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("The number of a file is asked for by Linux' stat.");
        SamplePopulation.Write(_folder["p"], SamplePopulation.Of(100), 4);
        Tune(_folder["p"]);
        var hash = UserHash.ShardOf(UserHash.Of("user-000043"u8), 4);
        var before = Numbers();
        PopulationWithout.Replace(_folder["p"], Tombstones.Empty.With([SamplePopulation.Id(43)]));
        var after = Numbers();
        Assert.Equal(before.Keys, after.Keys);
        Assert.All(before.Keys, path => Assert.Equal(
            path.StartsWith(PopulationFormat.ShardFolder(hash), StringComparison.Ordinal) || path == FolderManifest.FileName, before[path] != after[path]));

        SortedDictionary<string, string> Numbers() => new(Traces.Files(_folder["p"]).Keys.ToDictionary(path => path, path =>
        {
            using var stat = Process.Start(new ProcessStartInfo("stat", ["-c", "%i", Path.Combine(_folder["p"], path)]) { RedirectStandardOutput = true })!;
            return stat.StandardOutput.ReadToEnd();
        }), StringComparer.Ordinal);
    }

    [Fact]
    public void Forgetting_twice_and_forgetting_unknown_users_changes_no_byte()
    {
        SamplePopulation.Write(_folder["p"], SamplePopulation.Of(30), 2);
        var tombstones = Tombstones.Empty.With([SamplePopulation.Id(3)]);
        PopulationWithout.Replace(_folder["p"], tombstones);
        var once = Traces.Files(_folder["p"]);
        Assert.Equal(0, PopulationWithout.Replace(_folder["p"], tombstones));
        Assert.Equal(0, PopulationWithout.Replace(_folder["p"], tombstones.With(["never seen"])));
        Traces.AssertSame(once, Traces.Files(_folder["p"]));
    }

    [Fact]
    public void An_open_population_keeps_the_old_content()
    {
        SamplePopulation.Write(_folder["p"], SamplePopulation.Of(30), 2);
        using var old = PopulationSnapshot.Open(_folder["p"], verify: false);
        PopulationWithout.Replace(_folder["p"], Tombstones.Empty.With([SamplePopulation.Id(3)]));
        var user = old.Find("user-000003"u8)!.Value;
        Assert.Equal(SamplePopulation.Embedding(3), old.Shards[user.Shard].Embeddings.Slice(user.Row * SamplePopulation.Dimension, SamplePopulation.Dimension).ToArray());
    }

    [Fact]
    public void Models_and_tuning_stay_valid()
    {
        SamplePopulation.Write(_folder["p"], SamplePopulation.Of(30), 2);
        Tune(_folder["p"]);
        PopulationWithout.Replace(_folder["p"], Tombstones.Empty.With([SamplePopulation.Id(3)]));
        Assert.Equal("abc", TuningFolder.Find(_folder["p"])!.EmbeddingSpace);
        Assert.Equal("the space", PopulationSnapshot.ReadManifest(_folder["p"]).Recipe[PopulationEmbedding.SpaceKey]);

        // The space of imported embeddings is the version of their first population.
        var brought = SamplePopulation.Write(_folder["q"], SamplePopulation.Of(30, space: false), 2);
        PopulationWithout.Replace(_folder["q"], Tombstones.Empty.With([SamplePopulation.Id(3)]));
        PopulationWithout.Replace(_folder["q"], Tombstones.Empty.With([SamplePopulation.Id(4)]));
        var manifest = PopulationSnapshot.ReadManifest(_folder["q"]);
        Assert.NotEqual(brought.Version, manifest.Version);
        Assert.Equal(brought.Version, manifest.Recipe[PopulationEmbedding.SpaceKey]);
    }

    [Fact]
    public void A_rewrite_that_is_stopped_or_fails_leaves_the_old_state()
    {
        SamplePopulation.Write(_folder["p"], SamplePopulation.Of(30), 2);
        var tombstones = Tombstones.Empty.With([SamplePopulation.Id(3)]);
        var before = Traces.Files(_folder["p"]);
        Assert.Throws<OperationCanceledException>(() => PopulationWithout.Replace(_folder["p"], tombstones, new CancellationToken(canceled: true)));
        Traces.AssertSame(before, Traces.Files(_folder["p"]));

        // Otherwise a damaged shard would get a matching checksum.
        var file = Path.Combine(_folder["p"], PopulationFormat.ShardFolder(UserHash.ShardOf(UserHash.Of("user-000003"u8), 2)), PopulationFormat.Embeddings);
        var bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);
        var error = Assert.Throws<KindredException>(() => PopulationWithout.Replace(_folder["p"], tombstones));
        Assert.Equal(ErrorKind.Corrupt, error.Kind);
        Assert.Contains(PopulationFormat.Embeddings, error.Message, StringComparison.Ordinal);
        Assert.Equal(before.Keys, Traces.Files(_folder["p"]).Keys);
        Assert.Equal([_folder["p"]], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_folder_in_use_is_not_written_into_and_one_with_foreign_files_is_not_replaced()
    {
        SamplePopulation.Write(_folder["p"], SamplePopulation.Of(30), 2);
        Assert.Equal(ErrorKind.Output, Assert.Throws<KindredException>(() => PopulationWithout.Write(_folder["p"], _folder["p"], [new UserRow(0, 0)])).Kind);
        _folder.Text("p/notes.txt", "mine");
        var before = Traces.Files(_folder["p"]);
        Assert.Equal(ErrorKind.Output, Assert.Throws<KindredException>(() => PopulationWithout.Replace(_folder["p"], Tombstones.Empty.With([SamplePopulation.Id(3)]))).Kind);
        Traces.AssertSame(before, Traces.Files(_folder["p"]));
    }

    private static void Tune(string folder) => TuningFolder.Write(TuningFolder.PathIn(folder), new TuningResult
    {
        Source = TuningSource.PseudoLists,
        EmbeddingSpace = "abc",
        Methods = [new("iv", 0.5, 12.5)],
        Choices = [new(false, 12.5, [new SizeBlend(0, [new("iv", 2)], 3, 1, 9, 0.5)], 0.4, 0.3, 0.01)],
        Lists = [],
    });
}
