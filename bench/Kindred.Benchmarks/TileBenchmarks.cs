using BenchmarkDotNet.Attributes;
using Kindred.Bench.Data;
using Kindred.Networks.Mlp;
using Kindred.Populations;
using Kindred.Scoring;
using Kindred.SeedModels;

namespace Kindred.Benchmarks;

/// <summary>Reading a tile of users, and scoring it in cache with one model of each kind.</summary>
public class TileBenchmarks : IDisposable
{
    private readonly float[] _scores = new float[UserTile.Capacity];
    private Population _population = null!;
    private UserTile _tile = null!;
    private NetworkScorer _linear = null!;
    private NetworkScorer _network = null!;
    private EmbeddingDotScorer _dot = null!;

    [Params(64, 256)]
    public int Dimension { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _population = BenchPopulation.Create(1, UserTile.RoomFor(Dimension), Dimension);
        _tile = new UserTile(Dimension);
        _linear = BenchModels.Create(1, 1, new ModelShape(Dimension))[0];
        _network = BenchModels.Create(1, 1, Dimension == 64 ? new ModelShape(64, 64, 32) : new ModelShape(256, 128, 64))[0];
        _dot = new EmbeddingDotScorer(BenchNumbers.Uniform(1, 9, Dimension), unitLength: true);
        Load();
    }

    [Benchmark]
    public void Load() => _tile.Load(_population.Shards[0], 0, _tile.Room);

    [Benchmark]
    public void Linear() => _linear.Score(_tile, _scores);

    [Benchmark]
    public void Network() => _network.Score(_tile, _scores);

    [Benchmark]
    public void Dot() => _dot.Score(_tile, _scores);

    /// <inheritdoc/>
    [GlobalCleanup]
    public void Dispose()
    {
        _tile?.Dispose();
        _population?.Dispose();
        GC.SuppressFinalize(this);
    }
}
