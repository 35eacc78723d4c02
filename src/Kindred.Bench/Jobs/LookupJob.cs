using System.Diagnostics;
using System.Globalization;
using Kindred.Bench.Data;
using Kindred.Bench.Figures;
using Kindred.Bench.Machine;
using Kindred.Populations;
using Kindred.Scoring;

namespace Kindred.Bench.Jobs;

/// <summary>One user scored with many models, as at request time.</summary>
internal sealed class LookupJob : IDisposable
{
    // Different users in turn, because real requests are not all for the same user.
    private const int Users = 256;

    private readonly ModelShape _shape;
    private readonly Population _population;
    private readonly RequestScorer _scorer;
    private readonly int[] _candidates;
    private readonly float[] _scores;
    private readonly List<Sample> _samples = [];
    private int _user;
    private int _repeats = 1;

    /// <param name="name">The name of the job in figures.</param>
    /// <param name="shape">The shape of the models.</param>
    /// <param name="models">Number of models.</param>
    /// <param name="seed">Seed of users and models.</param>
    public LookupJob(string name, ModelShape shape, int models, ulong seed)
    {
        Name = name;
        _shape = shape;
        _population = BenchPopulation.Create(seed, Users, shape.Dimension);
        _scorer = new RequestScorer(BenchModels.Create(seed, models, shape));
        _candidates = [.. Enumerable.Range(0, models)];
        _scores = new float[models];
    }

    /// <summary>The name of the job in figures.</summary>
    public string Name { get; }

    // A product and a sum for each weight that is read.
    private long Bytes => (long)(_shape.ScoringFlops / 2 * _candidates.Length * sizeof(float));

    /// <summary>Finds the number of look-ups that fill the time of one measurement.</summary>
    public void WarmUp(double seconds)
    {
        for (var spent = 0.0; spent < seconds / 2; _repeats *= 2) spent = Spent.On(LookUpSome).Seconds(1);
    }

    /// <summary>Measures once.</summary>
    public void Measure(ReadBandwidth memory)
    {
        var before = memory.MeasureAgain(Bytes, _repeats);
        var hot = Spent.On(LookUpSome);
        var after = memory.MeasureAgain(Bytes, _repeats);
        memory.Evict();
        var clock = Stopwatch.GetTimestamp();
        LookUp();
        var cold = Stopwatch.GetElapsedTime(clock).TotalSeconds;
        var seconds = hot.Seconds(1) / _repeats;
        _samples.Add(new Sample(seconds, Bytes / seconds / ((before + after) / 2), cold, hot.Allocated / _repeats));
    }

    /// <summary>The medians of the measurements.</summary>
    /// <param name="memoryBandwidth">Bytes read from memory per second.</param>
    public LookupFigures Figures(double memoryBandwidth)
    {
        var seconds = Median.Of(_samples, sample => sample.Seconds);
        var cold = Median.Of(_samples, sample => sample.ColdSeconds);
        var description = string.Create(CultureInfo.InvariantCulture,
            $"one user, {_candidates.Length:N0} {(_shape.Hidden.Length == 0 ? $"linear models, d = {_shape.Dimension}" : $"networks {_shape}")}");
        return new LookupFigures(
            Name, description, seconds * 1e6, Bytes / seconds / 1e9, 100 * (Bytes / seconds) / memoryBandwidth,
            100 * Median.Of(_samples, sample => sample.ShareOfCacheBandwidth),
            cold * 1e6, 100 * (Bytes / cold) / memoryBandwidth, Bytes, (long)Median.Of(_samples, sample => sample.Allocated));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _scorer.Dispose();
        _population.Dispose();
    }

    private void LookUpSome()
    {
        for (var repeat = 0; repeat < _repeats; repeat++) LookUp();
    }

    private void LookUp()
    {
        _user = (_user + 1) % Users;
        var embedding = _population.Shards[0].Embeddings.Span.Slice(_user * _shape.Dimension, _shape.Dimension);
        _scorer.Score(embedding, activity: 0, _candidates, _scores);
    }

    private readonly record struct Sample(double Seconds, double ShareOfCacheBandwidth, double ColdSeconds, long Allocated);
}
