using BenchmarkDotNet.Attributes;
using Kindred.Bench.Data;
using Kindred.Numerics;

namespace Kindred.Benchmarks;

/// <summary>The matrix products of network training on a chunk in cache, and computing one user's embedding.</summary>
public class TrainingBenchmarks : IDisposable
{
    private const int Rows = 192;
    private const int Inputs = 128;
    private const int Units = 64;
    private const int Items = 5_000;
    private const int Seen = 100;

    private readonly RowChunk _inputs = new(Rows, Inputs);
    private readonly RowChunk _units = new(Rows, Units);
    private readonly AlignedMatrix _matrix = new(Items, Inputs);
    private readonly float[] _weights = BenchNumbers.Uniform(1, 1, Inputs * Units);
    private readonly float[] _bias = new float[Units];
    private readonly float[] _gradient = new float[Inputs * Units];
    private readonly float[] _user = new float[Inputs];
    private readonly int[] _seen = [.. Enumerable.Range(0, Seen).Select(i => i * 37 % Items)];
    private readonly float[] _confidences = Enumerable.Repeat(1f, Seen).ToArray();
    private readonly float[] _spectrum = Enumerable.Repeat(3f, Inputs).ToArray();
    private LowRankSolver _solver = null!;

    [GlobalSetup]
    public void Setup()
    {
        BenchNumbers.Uniform(1, 2, (long)Items * Inputs).CopyTo(_matrix.RowRange(0, Items));
        _inputs.Gather(_matrix, [.. Enumerable.Range(0, Rows)]);
        _solver = new LowRankSolver(_matrix, Inputs);
    }

    [Benchmark]
    public void Forward() => _inputs.MultiplyRelu(_weights, _bias, _units, Rows);

    [Benchmark]
    public void GradientOfWeights() => _inputs.AddTransposedProduct(_units, Rows, _gradient);

    [Benchmark]
    public void EmbedUser()
    {
        Array.Clear(_user);
        _solver.Improve(_user, _seen, _confidences, _spectrum, ridge: 1, steps: 2);
    }

    /// <inheritdoc/>
    [GlobalCleanup]
    public void Dispose()
    {
        _solver.Dispose();
        _inputs.Dispose();
        _units.Dispose();
        _matrix.Dispose();
        GC.SuppressFinalize(this);
    }
}
