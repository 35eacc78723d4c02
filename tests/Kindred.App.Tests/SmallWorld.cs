using Kindred.App.Seeds;
using Kindred.App.Training;
using Kindred.App.Worlds;
using Kindred.Embeddings;
using Kindred.Pipeline.Embedding;
using Kindred.Worlds;

[assembly: AssemblyFixture(typeof(Kindred.App.Tests.SmallWorld))]

namespace Kindred.App.Tests;

/// <summary>A small world, its population and its models, which the use cases make once for all tests.</summary>
public sealed class SmallWorld : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SmallWorld()
    {
        Made = GenerateWorld.Run(new GenerateRequest { Out = Folder, World = Options, Format = "csv", Threads = 2 }, Making);
        PopulationBuild.Run(new EmbedRequest
        {
            Interactions = [Path.Combine(Folder, "interactions.csv")],
            Users = [Path.Combine(Folder, "users.csv")],
            Out = Population,
            Ials = new IalsOptions { Dimension = 16, Threads = 2 },
        }, Embedding);
        TrainModels.Run(new TrainRequest { Population = Population, Seeds = Seeds, Out = Models, Threads = 2 }, Training);
    }

    public static WorldOptions Options { get; } = new() { Users = 4000, SeedLists = 6, MinSeeds = 60 };

    public GenerateResult Made { get; }

    public RecordedProgress Making { get; } = new();

    public RecordedProgress Embedding { get; } = new();

    public RecordedProgress Training { get; } = new();

    public string Folder => _folder["world"];

    public string Population => _folder["population"];

    public string Models => _folder["models"];

    public string SeedFile => Path.Combine(Folder, "seeds.csv");

    public SeedRequest Seeds => new() { Files = [SeedFile], Threads = 2 };

    public void Dispose() => _folder.Dispose();
}
