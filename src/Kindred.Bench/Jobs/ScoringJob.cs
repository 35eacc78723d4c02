using System.Globalization;
using Kindred.Audiences;
using Kindred.Bench.Data;
using Kindred.Bench.Figures;
using Kindred.Numerics;
using Kindred.Populations;
using Kindred.Scoring;

namespace Kindred.Bench.Jobs;

/// <summary>Audiences of 1% for many models: users are loaded, scored and selected.</summary>
internal sealed class ScoringJob : ThroughputJob
{
    private const int CheckedUsers = 5;

    private readonly Population _population;
    private readonly int _models;
    private readonly ScorerBlock[] _blocks;
    private readonly ModelShape _shape;
    private readonly AudienceRequest[] _requests;

    /// <param name="name">The name of the job in figures.</param>
    /// <param name="shape">The shape of the models; without hidden layers they are linear.</param>
    /// <param name="models">Number of models.</param>
    /// <param name="users">Number of users of the population.</param>
    /// <param name="seed">Seed of users and models.</param>
    public ScoringJob(string name, ModelShape shape, int models, int users, ulong seed)
    {
        Name = name;
        _shape = shape;
        _population = BenchPopulation.Create(seed, users, shape.Dimension);
        _models = models;
        var scorers = BenchModels.Create(seed, models, shape);
        _blocks = ScorerBlock.Of(scorers);
        var size = Math.Max(CheckedUsers, users / 100);
        _requests = [.. scorers.Select(scorer => new AudienceRequest(scorer, size, []))];
    }

    public override string Name { get; }

    public override string Unit => "pairs";

    public override string Description => string.Create(CultureInfo.InvariantCulture,
        $"1% of {_population.UserCount:N0} users by {_models} {(_shape.Hidden.Length == 0 ? $"linear models, d = {_shape.Dimension}" : $"networks {_shape}")}");

    public override double FlopsPerItem => _shape.ScoringFlops;

    /// <summary>The models alone, on loaded users.</summary>
    public override Action Core => RunModels;

    public override long Items(int threads) => _population.UserCount * _models;

    public override void Run(int threads) => AudienceSelection.Select(_population, null, _requests, threads);

    public override JobCheck Check()
    {
        var best = AudienceSelection.Select(_population, null, [_requests[0]], 1)[0].Take(CheckedUsers).ToArray();
        return new JobCheck { BestUsers = [.. best.Select(user => user.User.Row)], BestScores = [.. best.Select(user => user.Score)] };
    }

    public override void Dispose() => _population.Dispose();

    private void RunModels()
    {
        using var tile = new UserTile(_shape.Dimension);
        using var scores = new AlignedMatrix(ScorerBlock.Size, UserTile.Capacity);
        var (users, room) = ((int)_population.UserCount, UserTile.RoomFor(_shape.Dimension));
        tile.Load(_population.Shards[0], 0, Math.Min(room, users));
        for (var first = 0; first < users; first += room)
        {
            // The same full tile, repeatedly; a partial tile at the end counts for its share.
            if (users - first < tile.Count) tile.Load(_population.Shards[0], first, users - first);
            foreach (var block in _blocks) block.Score(tile, scores.RowRange(0, ScorerBlock.Size));
        }
    }
}
