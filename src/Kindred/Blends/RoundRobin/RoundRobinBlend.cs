using Kindred.Numerics;
using Kindred.Populations;
using Kindred.Scoring;
using Kindred.SeedModels;

namespace Kindred.Blends.RoundRobin;

/// <summary>The act-alike post's previous production system: takes users from regression and from similarity in turn.</summary>
/// <remarks>
/// After deWet and Ou (KDD 2019). First come the users that are among the best of both, by mean rank (ties by the first part's rank). Then
/// each part in turn gives its best user that is not yet chosen. The number of seeds sets how often the first part has its turn, because
/// "regression-based and similarity-based models only perform well on large and small lists" (the post). The ratio itself is not published;
/// the defaults of <see cref="RoundRobinOptions"/> are Kindred's.
/// </remarks>
/// <param name="regression">The part for large lists.</param>
/// <param name="similarity">The part for small lists.</param>
/// <param name="options">The share of each part.</param>
public sealed class RoundRobinBlend(IExpansionMethod regression, IExpansionMethod similarity, RoundRobinOptions options) : ISetMethod
{
    /// <inheritdoc/>
    public string Name => "blend";

    /// <inheritdoc/>
    public UserInputs Reads => regression.Reads | similarity.Reads;

    /// <inheritdoc/>
    public IReadOnlyList<IExpansionMethod> Parts { get; } = [regression, similarity];

    /// <summary>The share of regression among the users after the intersection.</summary>
    public double ShareOfRegression(int seeds)
    {
        if (seeds <= options.SmallSeeds) return options.ShareOfSmall;
        if (seeds >= options.LargeSeeds) return options.ShareOfLarge;
        var small = PortableMath.Log(options.SmallSeeds);
        var way = (PortableMath.Log(seeds) - small) / (PortableMath.Log(options.LargeSeeds) - small);
        return options.ShareOfSmall + way * (options.ShareOfLarge - options.ShareOfSmall);
    }

    /// <inheritdoc/>
    public UserRow[] Combine(IReadOnlyList<IReadOnlyList<UserRow>> rankings, int size, int seeds)
    {
        UserRow[] first = [.. rankings[0].Take(size)], second = [.. rankings[1].Take(size)];
        var rank = new Dictionary<UserRow, int>(first.Length);
        for (var i = 0; i < first.Length; i++) rank[first[i]] = i;
        var chosen = second.Select((user, i) => (User: user, Rank: i)).Where(entry => rank.ContainsKey(entry.User))
            .OrderBy(entry => rank[entry.User] + entry.Rank).ThenBy(entry => rank[entry.User]).Select(entry => entry.User).ToList();

        var known = chosen.ToHashSet();
        var share = ShareOfRegression(seeds);
        int inFirst = 0, inSecond = 0, fromFirst = 0;
        for (var turn = 1; chosen.Count < size; turn++)
        {
            while (inFirst < first.Length && known.Contains(first[inFirst])) inFirst++;
            while (inSecond < second.Length && known.Contains(second[inSecond])) inSecond++;
            if (inFirst == first.Length && inSecond == second.Length) break;
            var isFirst = inSecond == second.Length || (inFirst < first.Length && fromFirst < share * turn);
            if (isFirst) fromFirst++;
            var user = isFirst ? first[inFirst] : second[inSecond];
            known.Add(user);
            chosen.Add(user);
        }

        return [.. chosen];
    }
}
