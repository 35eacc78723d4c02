using Kindred.Audiences;
using Kindred.Populations;
using Kindred.Sampling;
using Kindred.Scoring;
using Kindred.SeedModels;

namespace Kindred.Tuning;

/// <summary>Scores of a sample of users, which put the scores of different methods on one scale.</summary>
internal static class SampleScores
{
    /// <summary>Draws at most this many users of a pool, in the order of the pool. They are chosen by key, so the sample does not depend on
    /// shards.</summary>
    public static List<UserRow> Sample(CandidatePool pool, int limit, ulong seed)
    {
        var key = SampleKey.Of(seed, UserHash.Of("ranked users"u8));
        var indexes = Enumerable.Range(0, pool.Users.Count);
        if (pool.Users.Count > limit) indexes = indexes.OrderBy(i => key.Then(pool.Hashes[i])).Take(limit).Order();
        return [.. indexes.Select(i => pool.Users[i])];
    }

    /// <summary>The scores of every user of a population.</summary>
    /// <param name="users">One shard.</param>
    /// <param name="scorers">The scorers.</param>
    /// <param name="threads">Worker threads; the result does not depend on it.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>[scorers][users].</returns>
    public static float[][] Of(Population users, IReadOnlyList<IUserScorer> scorers, int threads, CancellationToken cancellation)
    {
        var scores = scorers.Select(_ => new float[users.UserCount]).ToArray();
        PopulationScan.Run(users, PopulationScan.Tiles(users, null), scorers, threads, (_, scorer, _, tile, of) =>
        {
            var to = scores[scorer].AsSpan(tile.Rows[0], of.Length);
            for (var i = 0; i < of.Length; i++)
            {
                // −0 and 0 count as the same score.
                to[i] = float.IsFinite(of[i]) ? of[i] + 0f : throw PopulationScan.NotFinite();
            }
        }, null, cancellation);
        return scores;
    }

    /// <summary>The mean and the standard deviation; a deviation of 1 if all scores are equal.</summary>
    public static (double Mean, double Deviation) MeanAndDeviation(ReadOnlySpan<float> scores)
    {
        double sum = 0, squares = 0;
        foreach (var score in scores) sum += score;
        var mean = sum / scores.Length;
        foreach (var score in scores) squares += (score - mean) * (score - mean);
        var deviation = Math.Sqrt(squares / scores.Length);
        return (mean, deviation > 0 ? deviation : 1);
    }
}
