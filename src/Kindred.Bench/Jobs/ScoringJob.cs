using System.Globalization;
using Kindred.Audiences;
using Kindred.Bench.Data;
using Kindred.Bench.Figures;
using Kindred.Populations;
using Kindred.Scoring;

namespace Kindred.Bench.Jobs;

/// <summary>Audiences of 1% for many models: users are loaded, scored and selected.</summary>
internal sealed class ScoringJob : ThroughputJob
{
    private const int CheckedUsers = 5;

    private readonly Population _population;
    private readonly IUserScorer[] _scorers;
    private readonly ModelShape _shape;
    private readonly AudienceRequest[] _requests;

    /// <param name="name">The name that figures stand under.</param>
    /// <param name="shape">The models; without hidden layers they are linear.</param>
    /// <param name="models">How many.</param>
    /// <param name="users">Users of the population.</param>
    /// <param name="seed">Seed of users and models.</param>
    public ScoringJob(string name, ModelShape shape, int models, int users, ulong seed)
    {
        Name = name;
        _shape = shape;
        _population = BenchPopulation.Create(seed, users, shape.Dimension);
        _scorers = BenchModels.Create(seed, models, shape);
        var size = Math.Max(CheckedUsers, users / 100);
        _requests = [.. _scorers.Select(scorer => new AudienceRequest(scorer, size, []))];
    }

    public override string Name { get; }

    public override string Unit => "pairs";

    public override string Description => string.Create(CultureInfo.InvariantCulture,
        $"1% of {_population.UserCount:N0} users by {_scorers.Length} {(_shape.Hidden.Length == 0 ? $"linear models, d = {_shape.Dimension}" : $"networks {_shape}")}");

    public override double FlopsPerItem => _shape.ScoringFlops;

    /// <summary>The models alone, on users who are loaded already.</summary>
    public override Action Core => RunModels;

    public override long Items(int threads) => _population.UserCount * _scorers.Length;

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
        var scores = new float[UserTile.Capacity];
        var users = (int)_population.UserCount;
        tile.Load(_population.Shards[0], 0, Math.Min(UserTile.Capacity, users));
        for (var first = 0; first < users; first += UserTile.Capacity)
        {
            // The same full tile again and again: what is left over at the end counts for its share.
            if (users - first < tile.Count) tile.Load(_population.Shards[0], first, users - first);
            foreach (var scorer in _scorers) scorer.Score(tile, scores.AsSpan(0, tile.Count));
        }
    }
}
