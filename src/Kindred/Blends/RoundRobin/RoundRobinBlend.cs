using Kindred.Numerics;
using Kindred.Populations;
using Kindred.Scoring;
using Kindred.SeedModels;

namespace Kindred.Blends.RoundRobin;

/// <summary>What the act-alike post had in production before: users of regression and of similarity in turn.</summary>
/// <remarks>
/// After deWet and Ou (KDD 2019). First the users who are among the best of both, by mean rank (equal ones by the first part's
/// rank); then from each part in turn its best user who is not chosen yet. How often it is the first part's turn is set by the
/// number of seeds, because "regression-based and similarity-based models only perform well on large and small lists" (the post).
/// The ratio itself is not published: <see cref="RoundRobinOptions"/> are ours.
/// </remarks>
/// <param name="regression">The part that is for large lists.</param>
/// <param name="similarity">The part that is for small lists.</param>
/// <param name="options">Who gives how much.</param>
public sealed class RoundRobinBlend(IExpansionMethod regression, IExpansionMethod similarity, RoundRobinOptions options) : ISetMethod
{
    /// <inheritdoc/>
    public string Name => "blend";

    /// <inheritdoc/>
    public UserInputs Reads => regression.Reads | similarity.Reads;

    /// <inheritdoc/>
    public IReadOnlyList<IExpansionMethod> Parts { get; } = [regression, similarity];

    /// <summary>Share of the users behind the intersection that come from regression.</summary>
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
