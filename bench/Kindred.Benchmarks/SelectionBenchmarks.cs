using BenchmarkDotNet.Attributes;
using Kindred.Audiences;
using Kindred.Bench.Data;
using Kindred.Populations;
using Kindred.Scoring;

namespace Kindred.Benchmarks;

/// <summary>Selecting an audience from ready scores in random order, and in rising order, where every user is the best so far.</summary>
public class SelectionBenchmarks : IDisposable
{
    private const int Users = 100_000;

    private Population _population = null!;
    private AudienceRequest[] _requests = null!;

    [Params(0.001, 0.01, 0.1)]
    public double Share { get; set; }

    [Params(false, true)]
    public bool Rising { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _population = BenchPopulation.Create(1, Users, 8);
        var scores = BenchNumbers.Uniform(1, 9, Users);
        if (Rising) Array.Sort(scores);
        _requests = [new AudienceRequest(new KnownScores(scores), (int)(Users * Share), [])];
    }

    [Benchmark(OperationsPerInvoke = Users)]
    public RankedUser[][] Select() => AudienceSelection.Select(_population, null, _requests, threads: 1);

    /// <inheritdoc/>
    [GlobalCleanup]
    public void Dispose()
    {
        _population?.Dispose();
        GC.SuppressFinalize(this);
    }

    private sealed class KnownScores(float[] scores) : IUserScorer
    {
        public UserInputs Reads => UserInputs.None;

        public double CostPerPair => 0;

        public void Score(UserTile users, Span<float> result) => scores.AsSpan(users.Rows[0], users.Count).CopyTo(result);
    }
}
