using Kindred.Populations;
using Kindred.Sampling;

namespace Kindred.SeedLists;

/// <summary>Splits a seed list into folds, each held out once, so that every user is scored by a model that was not trained on that
/// user.</summary>
public static class CrossFit
{
    /// <summary>Returns one split per fold; fold sizes differ by one user at most.</summary>
    /// <param name="seeds">A matched list with at least as many users as folds.</param>
    /// <param name="folds">Number of folds, at least 2.</param>
    /// <param name="seed">Seed of the choice, which otherwise depends only on the list's name and each user's id.</param>
    /// <param name="population">The population that the list was matched to.</param>
    public static HoldOut[] Folds(SeedMatch seeds, int folds, ulong seed, Population population)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        seeds.RequireAtLeast(folds);
        var purpose = SampleKey.Of(seed, UserHash.Of("cross-fit"u8)).Then(HoldOut.ListKey(seeds.List.Id));
        var keys = new ulong[seeds.Users.Count];
        var order = new int[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = purpose.Then(UserHash.Of(population.UserId(seeds.Users[i])));
            order[i] = i;
        }

        Array.Sort(keys, order);
        var foldOf = new int[order.Length];
        for (var place = 0; place < order.Length; place++) foldOf[order[place]] = place % folds;
        return [.. Enumerable.Range(0, folds).Select(fold =>
            new HoldOut(seeds.Where(i => foldOf[i] != fold), seeds.Where(i => foldOf[i] == fold)))];
    }
}
