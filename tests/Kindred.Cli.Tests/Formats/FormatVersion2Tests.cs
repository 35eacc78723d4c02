using Kindred.Data.Models;
using Kindred.Networks.Mlp;

namespace Kindred.Cli.Tests.Formats;

/// <summary>Tests that the committed models of format version 2 in tests/Formats/v2 stay readable and give the same scores.</summary>
public sealed class FormatVersion2Tests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Formats", "v2");
    private static readonly string ModelsFolder = Path.Combine(Folder, "models");

    [Fact]
    public void The_models_open_with_their_layers()
    {
        var models = ModelFolder.Open(ModelsFolder);
        Assert.Equal("330761df", models.Version[..8]);
        Assert.Equal(["Even Ltd: 16 16", "odd: "], models.Models.Select(model =>
            $"{model.SeedListId}: {string.Join(' ', Assert.IsType<NetworkScorer>(model.Scorer).Network.Hidden.Select(layer => layer.Units))}"));
    }

    [Fact]
    public void Expanding_them_selects_the_old_audiences()
    {
        using var folder = new TemporaryFolder();
        var population = Path.Combine(Repository.Root, "tests", "Formats", "v1", "population");
        Invocation.Good("expand", "--population", population, "--models", ModelsFolder, "--size", "7", "--out", folder["audiences"]);
        Assert.Equal(AudienceFiles.Read(Path.Combine(Folder, "audiences")), AudienceFiles.Read(folder["audiences"]));
    }
}
