using Kindred.Populations;
using Kindred.Scoring;

namespace Kindred.Audiences;

/// <summary>Runs the scorers of many targets over users; each scorer sees only users that one of its targets ranks.</summary>
internal static class TargetScan
{
    /// <summary>Receives the scores of one target for one tile.</summary>
    /// <param name="worker">The calling thread, 0 to threads − 1.</param>
    /// <param name="target">Index of the target.</param>
    /// <param name="shard">Index of the shard.</param>
    /// <param name="users">Users of the target's country.</param>
    /// <param name="scores">[users] scores.</param>
    public delegate void Receiver(int worker, int target, int shard, UserTile users, ReadOnlySpan<float> scores);

    /// <summary>Scores users.</summary>
    /// <param name="population">The users.</param>
    /// <param name="tiles">The tiles of a country, or of all users for null; with a country, no tile mixes countries.</param>
    /// <param name="targets">The targets to score on them.</param>
    /// <param name="threads">Worker threads. Tiles come to a receiver in no particular order.</param>
    /// <param name="receive">Takes the scores.</param>
    /// <param name="progress">Receives the number of completed (user, scorer) pairs; called from several threads.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    public static void Run(
        Population population, Func<int?, IEnumerable<ShardSlice>> tiles, IReadOnlyList<AudienceTarget> targets, int threads,
        Receiver receive, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        foreach (var group in Groups(population, targets))
        {
            var ofScorer = group.Targets.GroupBy(target => targets[target].Scorer, ReferenceEqualityComparer.Instance)
                .Select(same => same.ToArray()).ToArray();
            var scorers = Array.ConvertAll(ofScorer, same => targets[same[0]].Scorer);
            PopulationScan.Run(population, [.. group.Countries.SelectMany(tiles)], scorers, threads,
                (worker, scorer, shard, users, scores) =>
                {
                    foreach (var target in ofScorer[scorer]) receive(worker, target, shard, users, scores);
                },
                progress is null ? null : users => progress(users * scorers.Length), cancellation);
        }
    }

    /// <summary>Countries whose users are ranked by the same targets.</summary>
    private static IEnumerable<(int?[] Countries, int[] Targets)> Groups(Population population, IReadOnlyList<AudienceTarget> targets)
    {
        var all = Enumerable.Range(0, targets.Count).ToArray();
        if (targets.All(target => target.Country is null)) return [([null], all)];
        return Enumerable.Range(0, population.Countries.Count)
            .Select(country => (
                Country: (int?)country,
                Targets: Array.FindAll(all, target => targets[target].Country is not { } asked || asked == country)))
            .Where(country => country.Targets.Length > 0)
            .GroupBy(country => string.Join(',', country.Targets))
            .Select(group => (group.Select(country => country.Country).ToArray(), group.First().Targets));
    }
}
