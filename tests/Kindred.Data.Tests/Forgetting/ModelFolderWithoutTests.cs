using System.Runtime.Versioning;
using Kindred.Blends;
using Kindred.Data.Folders;
using Kindred.Data.Forgetting;
using Kindred.Data.Forgotten;
using Kindred.Data.Models;
using Kindred.Populations;
using Kindred.Scoring;
using Kindred.SeedModels;
using Kindred.Similarity.Nearest;

namespace Kindred.Data.Tests.Forgetting;

public sealed class ModelFolderWithoutTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Seeds_equal_those_of_models_that_never_had_the_user_and_parameters_stay()
    {
        ModelFolder.Write(_folder["m"], Models(["anna", "bert"], ["anna", "cleo", "dora"]));
        ModelFolder.Write(_folder["expected"], Models(["bert"], ["cleo", "dora"]));
        Assert.NotEmpty(Traces.Of("anna", _folder["m"]));
        Assert.Equal(2, ModelFolderWithout.Replace(_folder["m"], Tombstones.Empty.With(["anna", "never seen"])).Users);
        Traces.AssertSame(Traces.Files(_folder["expected"]), Traces.Files(_folder["m"]));
        Assert.Empty(Traces.Of("anna", _folder.Path));
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder.Path).Length);
        Assert.Equal([1f, 2], ModelFolder.Open(_folder["m"]).Models[1].Scorer.Parameters.Values("weights"));
    }

    [Fact]
    public void A_model_that_holds_rows_of_seeds_is_deleted_with_one_of_them_and_others_keep_their_bits()
    {
        static IStoredScorer Nearest(float value) => new NearestScorer([value, 0, 0, value], [1, 1], 2, 1);
        var blend = new BlendScorer([new EmbeddingDotScorer([3, 4], true), Nearest(5)], [0.5f, 0.5f], 0);
        var models = Models(["anna", "bert"], ["anna", "cleo"], ["bert", "dora"], ["anna", "bert"], ["anna", "emil"]);
        IStoredScorer[] scorers = [Nearest(1), models.Models[1].Scorer, Nearest(2), blend, models.Models[4].Scorer];
        models = models with { Models = [.. models.Models.Zip(scorers, (model, scorer) => model with { Scorer = scorer })] };
        ModelFolder.Write(_folder["m"], models);
        var removed = ModelFolderWithout.Replace(_folder["m"], Tombstones.Empty.With(["anna"]));
        Assert.Equal((4, "list 0, list 3"), (removed.Users, string.Join(", ", removed.Models)));

        models = models with
        {
            Models = [.. new[] { 1, 2, 4 }.Select(i => models.Models[i])
                .Select(model => model with { Seeds = Tombstones.Empty.With(["anna"]).Without(model.Seeds) })],
        };
        ModelFolder.Write(_folder["expected"], models);
        Traces.AssertSame(Traces.Files(_folder["expected"]), Traces.Files(_folder["m"]));
        Assert.Empty(Traces.Of("anna", _folder["m"]));
    }

    [Fact]
    public void A_model_that_holds_rows_and_does_not_say_whose_is_deleted()
    {
        var models = Models([], ["bert"]);
        models = models with { Models = [models.Models[0] with { Scorer = new NearestScorer([1, 0], [1], 2, 1) }, models.Models[1]] };
        ModelFolder.Write(_folder["m"], models);
        Assert.Equal(["list 0"], ModelFolderWithout.Replace(_folder["m"], Tombstones.Empty.With(["anna"])).Models);
        Assert.Equal(["list 1"], ModelFolder.Open(_folder["m"]).Models.Select(model => model.SeedListId));
    }

    [Fact]
    public void Lists_without_a_remaining_seed_can_still_be_opened()
    {
        ModelFolder.Write(_folder["m"], Models(["anna"], ["anna", "cleo"]));
        Assert.Equal(2, ModelFolderWithout.Replace(_folder["m"], Tombstones.Empty.With(["anna"])).Users);
        Assert.Equal([0, 1], ModelFolder.Open(_folder["m"]).Models.Select(model => model.Seeds.Count));
        Assert.Equal(1, ModelFolderWithout.Replace(_folder["m"], Tombstones.Empty.With(["cleo"])).Users);
        Assert.Equal([0, 0], ModelFolder.Open(_folder["m"]).Models.Select(model => model.Seeds.Count));
        Assert.Equal([7, 7], ModelFolder.Open(_folder["m"]).Models.Select(model => model.Given));
        Assert.Equal(0, ModelFolderWithout.Replace(_folder["m"], Tombstones.Empty.With(["cleo", "anna"])).Users);
    }

    [Fact]
    public void Forgetting_twice_changes_no_byte()
    {
        ModelFolder.Write(_folder["m"], Models(["anna", "bert"], ["cleo"]));
        var tombstones = Tombstones.Empty.With(["bert"]);
        ModelFolderWithout.Replace(_folder["m"], tombstones);
        var once = Traces.Files(_folder["m"]);
        Assert.Equal(0, ModelFolderWithout.Replace(_folder["m"], tombstones).Users);
        Traces.AssertSame(once, Traces.Files(_folder["m"]));
    }

    [Fact]
    public void Damaged_models_are_left_as_they_are()
    {
        ModelFolder.Write(_folder["m"], Models(["anna", "bert"], ["cleo"]));
        var bytes = File.ReadAllBytes(_folder["m/seeds.parquet"]);
        bytes[^20] ^= 1;
        File.WriteAllBytes(_folder["m/seeds.parquet"], bytes);
        var before = Traces.Files(_folder["m"]);
        Assert.Throws<KindredException>(() => ModelFolderWithout.Replace(_folder["m"], Tombstones.Empty.With(["anna"])));
        Traces.AssertSame(before, Traces.Files(_folder["m"]));
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_folder_that_another_run_replaced_meanwhile_is_left_unchanged()
    {
        ModelFolder.Write(_folder["m"], Models(["anna"], ["bert"]));
        var read = FolderManifest.Read(_folder["m"], ModelFolder.Format, 2, "");
        var error = Assert.Throws<KindredException>(() => InPlace.ReplaceFolder(_folder["m"], read, path =>
        {
            ModelFolder.Write(path, Models([], ["bert"]));
            Directory.Delete(_folder["m"], recursive: true);
            ModelFolder.Write(_folder["m"], Models(["cleo"], ["dora"]));
        }));
        Assert.Equal(ErrorKind.Output, error.Kind);
        Assert.Equal("cleo", ModelFolder.Open(_folder["m"]).Models[0].Seeds.GetString(0));
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact, UnsupportedOSPlatform("windows")]
    public void The_target_of_a_link_is_rewritten_and_keeps_its_permissions()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Modes of files are those of Unix.");
        ModelFolder.Write(_folder["real"], Models(["anna", "bert"], ["cleo"]));
        File.SetUnixFileMode(_folder["real"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.SetUnixFileMode(_folder["real/seeds.parquet"], UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Directory.CreateSymbolicLink(_folder["link"], "real");
        ModelFolderWithout.Replace(_folder["link"], Tombstones.Empty.With(["anna"]));
        Assert.Equal("real", new DirectoryInfo(_folder["link"]).LinkTarget);
        Assert.Empty(Traces.Of("anna", _folder["real"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder["real"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.GroupRead, File.GetUnixFileMode(_folder["real/seeds.parquet"]));
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder.Path).Length);
    }

    [Fact]
    public void Leftovers_of_a_path_are_found_and_those_of_other_paths_are_not()
    {
        string[] leftovers = [".m.tmp-1-0123abcd", ".tmp-1-0123abcd.m"];
        foreach (var name in leftovers.Concat(["m", ".mm.tmp-1-0123abcd", ".tmp-1-0123abcd.x.m", ".tmp-1-0123abcd.mm", "m.tmp-1-0123abcd"])) _folder.Text(name, "");
        Assert.Equal(leftovers.Select(name => _folder[name]), Leftovers.Beside(_folder["m"]));
        Assert.Empty(Leftovers.Beside(_folder["nowhere/m"]));
    }

    private static ModelSet Models(params string[][] seeds) => new()
    {
        Method = "centroid",
        PopulationVersion = "v",
        EmbeddingSpace = "space",
        Settings = new Dictionary<string, string>(),
        Models = [.. seeds.Select((ids, i) => new StoredModel($"list {i}", new EmbeddingDotScorer([i, 2 * i], true), IdList.From(ids), 7, new Dictionary<string, double> { ["loss"] = 0.5 }))],
    };
}
