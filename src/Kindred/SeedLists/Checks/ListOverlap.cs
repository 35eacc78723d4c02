using Kindred.Numerics;
using Kindred.Populations;

namespace Kindred.SeedLists.Checks;

/// <summary>Finds the pairs of lists that share most of their users.</summary>
/// <remarks>
/// An inverted index from users to lists: each pair of lists of each user is one addition, so n users in k lists cost n·k·(k−1)/2 for any
/// number of pairs. Memory: 28 bytes per seed while the index is built, and a counter per list and thread. If that would be too much work,
/// one user in n is read, chosen by a hash of the id, and the pairs found are counted again exactly.
/// </remarks>
internal static class ListOverlap
{
    private const long MostKeys = 1 << 27;

    /// <summary>The pairs that share most of the smaller list, and the n of the sample of one user in n.</summary>
    public static (IReadOnlyList<ListPair> Pairs, int Sample) Of(
        IReadOnlyList<SeedMatch> lists, Population population, long users, SeedCheckOptions options, CancellationToken cancellation)
    {
        if (options.MostPairs == 0 || lists.Count < 2) return ([], 1);
        var sample = (int)(lists.Sum(list => (long)list.Users.Count) / MostKeys) + 1;
        var index = ListIndex.Of(lists, population, sample, cancellation);
        if (index.Work > options.MostOverlapWork)
        {
            sample = checked((int)Math.Min(int.MaxValue, sample * (index.Work / options.MostOverlapWork + 1)));
            index = ListIndex.Of(lists, population, sample, cancellation);
        }

        // A sample orders pairs almost as all users do: the best pairs are among a few times as many of the sample's best.
        var kept = sample == 1 ? options.MostPairs : 8 * options.MostPairs;
        var best = Enumerable.Range(0, options.Threads).Select(_ => new BestPairs(kept)).ToArray();
        var counters = new int[options.Threads][];
        Workers.Run(options.Threads, lists.Count, (list, worker) =>
        {
            var shared = counters[worker] ??= new int[lists.Count];
            foreach (var other in index.Count(list, shared))
            {
                if ((long)shared[other] * sample >= options.MinimumShared) best[worker].Add(PairOf(list, other, shared[other], sample));
                shared[other] = 0;
            }
        }, cancellation);
        var pairs = BestPairs.Of(best, kept);
        if (sample > 1)
        {
            pairs = [.. pairs.Select(pair => PairOf(pair.First, pair.Second, Shared(lists[pair.First], lists[pair.Second]), 1))
                .Where(pair => pair.Shared >= options.MinimumShared)];
        }
        return (BestPairs.Of(pairs, options.MostPairs), sample);

        ListPair PairOf(int first, int second, int shared, int times)
        {
            var (a, b) = ((double)lists[first].Users.Count, (double)lists[second].Users.Count);
            return new ListPair(first, second, shared, shared * (double)times / Math.Min(a, b), shared * (double)times * users / (a * b));
        }
    }

    private static int Shared(SeedMatch first, SeedMatch second)
    {
        var users = first.Users.ToHashSet();
        return second.Users.Count(users.Contains);
    }
}
