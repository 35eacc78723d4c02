using Kindred.Populations;

namespace Kindred.Audiences;

/// <summary>Joins the counts of shards into exact thresholds.</summary>
public static class ExactThreshold
{
    /// <summary>The end of one audience.</summary>
    /// <param name="population">The users.</param>
    /// <param name="size">Users of the audience.</param>
    /// <param name="counts">[shards] the counts of each shard for this size of this target.</param>
    /// <returns>The end, or null if it is not within the bracket: the sample was unlucky.</returns>
    public static AudienceEnd? Of(Population population, long size, IReadOnlyList<BracketCount> counts)
    {
        var wanted = size - counts.Sum(count => count.Above);
        if (wanted < 1 || wanted > counts.Sum(count => (long)count.Inside.Length)) return null;

        var inside = new List<RankedUser>();
        for (var shard = 0; shard < counts.Count; shard++)
        {
            foreach (var (row, score) in counts[shard].Inside) inside.Add(new RankedUser(new UserRow(shard, row), score));
        }

        inside.Sort((a, b) => a.Score != b.Score
            ? b.Score.CompareTo(a.Score)
            : population.UserId(a.User).SequenceCompareTo(population.UserId(b.User)));
        var last = inside[(int)wanted - 1];
        return new AudienceEnd(last.Score, last.User);
    }

    /// <summary>The ends of all sizes of one target, by a selection of its largest size: the fallback if a bracket missed.</summary>
    /// <param name="population">The users.</param>
    /// <param name="target">The users to rank, with at least as many candidates as its largest size.</param>
    /// <param name="threads">Worker threads; the result does not depend on it.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    public static AudienceEnd[] BySelection(
        Population population, AudienceTarget target, int threads, CancellationToken cancellation = default)
    {
        var request = new AudienceRequest(target.Scorer, checked((int)target.Sizes[^1]), target.Excluded);
        var members = AudienceSelection.Select(population, target.Country, [request], threads, null, cancellation)[0];
        return [.. target.Sizes.Select(size => new AudienceEnd(members[size - 1].Score, members[size - 1].User))];
    }
}
