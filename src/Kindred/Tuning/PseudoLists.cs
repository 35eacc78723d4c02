using Kindred.Numerics;
using Kindred.Populations;
using Kindred.Sampling;
using Kindred.SeedModels;

namespace Kindred.Tuning;

/// <summary>Chooses items whose users serve as pseudo seed lists.</summary>
/// <remarks>
/// Sizes are those of real lists if they are known. A list larger than the largest item combines one item with its nearest neighbours by
/// shared users. Lists are distributed over folds so that no fold hides more interactions than allowed.
/// </remarks>
internal sealed class PseudoLists
{
    /// <summary>The minimum number of lists for a meaningful result.</summary>
    public const int Fewest = 5;

    private const int MaxFolds = 8;
    private const int MaxUnion = 200;
    private const double GoldenRatio = 0.6180339887498949;
    private const int LeastStarts = 20;
    private const double Near = 1.25;
    private const double Far = 1.5;
    private readonly TuningOptions _options;
    private readonly ItemMatrix _items;
    private readonly IdList _ids;
    private readonly ulong _key;
    private readonly int[] _bySize;
    private readonly bool[] _used;

    private PseudoLists(ItemMatrix items, IdList ids, TuningOptions options)
    {
        (_items, _ids, _options) = (items, ids, options);
        _key = SampleKey.Of(options.Seed, UserHash.Of("pseudo lists"u8));
        _used = new bool[items.Items];
        _bySize = [.. Enumerable.Range(0, items.Items).Where(item => SizeOf(item) > 0).OrderBy(SizeOf)
            .ThenBy(item => _key.Then(UserHash.Of(ids[item])))];
    }

    /// <summary>The lists, each in a fold.</summary>
    /// <param name="items">The items of the users of the population in which lists are tried.</param>
    /// <param name="ids">The items' ids.</param>
    /// <param name="options">The number of lists and their sizes.</param>
    /// <exception cref="NoPseudoListsException">Too few items have enough users.</exception>
    public static IReadOnlyList<PseudoList> Choose(ItemMatrix items, IdList ids, TuningOptions options) =>
        new PseudoLists(items, ids, options).Choose();

    private List<PseudoList> Choose()
    {
        var chosen = new List<(int[] Items, int[] Users)>();
        var budget = (long)(_options.HiddenShare * _items.Entries);
        // A tenth of each list is held out, and enough users must remain.
        var smallest = (int)Math.Ceiling(_options.MinimumSeeds / 0.9) + 1;
        var largest = Math.Min(budget, _items.Users / 3);
        foreach (var target in _bySize.Length == 0 ? [] : Targets(smallest, largest))
        {
            if (Pick(target, smallest, budget) is { } list) chosen.Add(list);
        }

        var lists = Deal(chosen, budget);
        if (lists.Count >= Fewest) return lists;
        throw new NoPseudoListsException(FormattableString.Invariant(
            $"of {_items.Items:N0} items, the most popular has {(_bySize.Length > 0 ? SizeOf(_bySize[^1]) : 0):N0} of {_items.Users:N0} users, a list needs {smallest:N0}, a fold may hide {budget:N0} of {_items.Entries:N0} pairs; that makes {lists.Count:N0} lists"));
    }

    private int SizeOf(int item) => _items.UsersOf(item).Length;

    private List<long> Targets(int smallest, long largest)
    {
        var targets = new List<long>();
        var known = _options.Sizes.Where(size => size >= smallest).Order().ToArray();
        for (var i = 0; i < _options.Lists; i++)
        {
            // Evenly spaced quantiles of the real sizes; or evenly on a log scale up to the size of a popular item.
            var share = (i + 0.5) / _options.Lists;
            var size = known.Length > 0
                ? known[(int)(share * known.Length)]
                : smallest * PortableMath.Exp(
                    share * PortableMath.Log(Math.Max(1.0, (double)SizeOf(_bySize[^Math.Min(_bySize.Length, 3)]) / smallest)));
            targets.Add(Math.Clamp((long)size, smallest, Math.Max(smallest, largest)));
        }

        // Large lists first, because few items fit them.
        targets.Reverse();
        return targets;
    }

    /// <summary>Draws an unused item of about this size; or a union of neighbours if all items are smaller.</summary>
    private (int[] Items, int[] Users)? Pick(long target, int smallest, long budget)
    {
        var fitting = Free(Math.Max(smallest, target / Near), target * Near);
        if (fitting.Length == 0) fitting = Free(Math.Max(smallest, target / Far), target * Far);
        // Only if no item is this large: a union of small items is a different kind of list from the users of one large item.
        var union = fitting.Length == 0 && target > SizeOf(_bySize[^1]);
        if (union) fitting = [.. _bySize.Where(item => !_used[item]).TakeLast(Math.Max(LeastStarts, _bySize.Length / 20))];
        if (fitting.Length == 0) return null;
        var members = new List<int> { fitting.MinBy(item => _key.Then(UserHash.Of(_ids[item]))) };
        var users = _items.UsersOf(members[0]).ToArray();
        if (union) users = Grow(members, users, target);
        if (users.Length < Math.Max(smallest, target / Far) || members.Sum(item => (long)SizeOf(item)) > budget) return null;
        foreach (var item in members) _used[item] = true;
        return ([.. members], users);
    }

    /// <summary>The unused items with this number of users.</summary>
    private int[] Free(double from, double to) =>
        [.. _bySize[FirstOfSize((long)Math.Ceiling(from))..FirstOfSize((long)to + 1)].Where(item => !_used[item])];

    private int FirstOfSize(long size)
    {
        int low = 0, high = _bySize.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (SizeOf(_bySize[middle]) < size) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>Adds the items that share most users with the first (by cosine) until the union is large enough.</summary>
    private int[] Grow(List<int> members, int[] users, long target)
    {
        var shared = new int[_items.Items];
        foreach (var user in users)
        {
            foreach (var item in _items.ItemsOf(user)) shared[item]++;
        }

        var start = members[0];
        var union = users.ToHashSet();
        foreach (var item in Enumerable.Range(0, shared.Length).Where(item => item != start && !_used[item] && shared[item] > 1)
            .OrderByDescending(item => shared[item] / Math.Sqrt(SizeOf(item))).ThenBy(item => item).Take(MaxUnion))
        {
            if (union.Count >= target) break;
            foreach (var user in _items.UsersOf(item)) union.Add(user);
            members.Add(item);
        }

        return [.. union.Order()];
    }

    /// <summary>Assigns each list to the fold that hides the least so far, sizes mixed, until a list fits nowhere. The lists left out are
    /// then of all sizes.</summary>
    private List<PseudoList> Deal(List<(int[] Items, int[] Users)> chosen, long budget)
    {
        var hidden = chosen.Select(list => list.Items.Sum(item => (long)SizeOf(item))).ToArray();
        var folds = (int)Math.Clamp((hidden.Sum() + budget - 1) / Math.Max(1, budget), _options.Folds, Math.Max(MaxFolds, _options.Folds));
        var load = new long[folds];
        var lists = new List<PseudoList>();
        foreach (var i in Enumerable.Range(0, chosen.Count).OrderBy(i => (i + 1) * GoldenRatio % 1))
        {
            var fold = Array.IndexOf(load, load.Min());
            if (load[fold] + hidden[i] > budget && load[fold] > 0) break;
            load[fold] += hidden[i];
            lists.Add(new PseudoList(string.Join('+', chosen[i].Items.Select(_ids.GetString)), chosen[i].Items, chosen[i].Users, fold));
        }

        return lists;
    }
}
