using Kindred.Data.Folders;
using Kindred.Data.Tuning;
using Kindred.SeedModels;
using Kindred.Tuning;

namespace Kindred.Data.Tests;

public sealed class TuningFolderTests : IDisposable
{
    private static readonly TuningResult _tuning = new()
    {
        Source = TuningSource.PseudoLists,
        EmbeddingSpace = "abc",
        Methods = [new("iv", 0.1 + 0.2, 12.5), new("mlp", 1.0 / 3, 16_000)],
        Choices = [new(false, 12.5, [new SizeBlend(0, [new("iv", 2)], 3, 1, 9, 0.5), new SizeBlend(100, [new("iv", 1), new("mlp", 3)], 4, 1, 9, 0.25)], 0.4, 0.3, 0.01)],
        Lists = [new("käse+brot", 44, [0.1, 0.2])],
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_tuning_is_read_back_to_the_bit()
    {
        TuningFolder.Write(TuningFolder.PathIn(_folder.Path), _tuning);
        Assert.Equal(TuningFolder.ToJson(_tuning).ToJsonString(), TuningFolder.ToJson(TuningFolder.Find(_folder.Path)!).ToJsonString());
        Assert.Equal(_tuning.Methods, TuningFolder.Find(_folder.Path)!.Methods);
    }

    [Fact]
    public void A_population_that_was_not_tuned_has_no_tuning() => Assert.Null(TuningFolder.Find(_folder.Path));

    [Theory]
    [InlineData("\"methods\"", "\"methodz\"")]
    [InlineData("\"pseudoLists\"", "\"guesses\"")]
    [InlineData("\"iv\"", "null")]
    public void A_damaged_tuning_is_an_error_with_file_and_remedy(string from, string to)
    {
        TuningFolder.Write(TuningFolder.PathIn(_folder.Path), _tuning);
        var path = System.IO.Path.Combine(TuningFolder.PathIn(_folder.Path), FolderManifest.FileName);
        File.WriteAllText(path, File.ReadAllText(path).Replace(from, to, StringComparison.Ordinal));
        var error = Assert.Throws<KindredException>(() => TuningFolder.Find(_folder.Path));
        Assert.Equal(ErrorKind.Corrupt, error.Kind);
        Assert.Contains(FolderManifest.FileName, error.Message, StringComparison.Ordinal);
        Assert.Equal(("damaged_folder", (object?)"kindred-tuning"), (error.Code, error.Values["format"]));
        Assert.Contains("tune again", error.Remedy, StringComparison.Ordinal);
    }
}
