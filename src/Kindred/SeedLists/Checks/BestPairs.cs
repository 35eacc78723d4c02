namespace Kindred.SeedLists.Checks;

/// <summary>Keeps the pairs with the largest share; among equals those with most users, then by the lists' order.</summary>
internal sealed class BestPairs(int count)
{
    private static readonly Comparer<ListPair> _bestFirst = Comparer<ListPair>.Create((a, b) =>
        b.ShareOfSmaller.CompareTo(a.ShareOfSmaller) is not 0 and var byShare ? byShare
        : b.Shared.CompareTo(a.Shared) is not 0 and var byUsers ? byUsers
        : (a.First, a.Second).CompareTo((b.First, b.Second)));

    private readonly List<ListPair> _pairs = [];

    /// <summary>Adds a pair.</summary>
    public void Add(ListPair pair)
    {
        _pairs.Add(pair);
        if (_pairs.Count >= 4 * count + 64) Prune();
    }

    /// <summary>The best of what several have kept.</summary>
    public static IReadOnlyList<ListPair> Of(IEnumerable<BestPairs> parts, int count) => Of(parts.SelectMany(part => part._pairs), count);

    /// <summary>The best pairs, best first.</summary>
    public static IReadOnlyList<ListPair> Of(IEnumerable<ListPair> pairs, int count) => [.. pairs.Order(_bestFirst).Take(count)];

    private void Prune()
    {
        _pairs.Sort(_bestFirst);
        _pairs.RemoveRange(count, _pairs.Count - count);
    }
}
