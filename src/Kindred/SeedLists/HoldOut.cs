using Kindred.Populations;
using Kindred.Sampling;

namespace Kindred.SeedLists;

/// <summary>Splits a seed list into the users to train on and the held-out users.</summary>
/// <param name="Training">The users to train on.</param>
/// <param name="Held">The users held out.</param>
public sealed record HoldOut(SeedMatch Training, SeedMatch Held)
{
    /// <summary>Users of the list who are set aside: neither trained on, nor held out, nor ranked; null for none.</summary>
    public SeedMatch? Aside { get; init; }

    /// <summary>The users who are not candidates: those trained on and those set aside.</summary>
    public IEnumerable<UserRow> NotRanked => Aside is null ? Training.Users : Training.Users.Concat(Aside.Users);

    /// <summary>Holds out a random share of a list.</summary>
    /// <param name="seeds">A matched list.</param>
    /// <param name="share">The share to hold out, in (0, 1); at least one user is.</param>
    /// <param name="seed">Seed of the choice.</param>
    /// <param name="repeat">Number of the split; each is drawn afresh.</param>
    /// <param name="population">The population that the list was matched to.</param>
    public static HoldOut Random(SeedMatch seeds, double share, ulong seed, int repeat, Population population)
    {
        var count = Math.Max(1, (int)Math.Round(share * seeds.Users.Count, MidpointRounding.AwayFromZero));
        var purpose = SampleKey.Of(seed, UserHash.Of("hold-out"u8)).Then(ListKey(seeds.List.Id)).Then((ulong)repeat);
        var keys = new ulong[seeds.Users.Count];
        var order = new int[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = purpose.Then(UserHash.Of(population.UserId(seeds.Users[i])));
            order[i] = i;
        }

        Array.Sort(keys, order);
        var held = order.Take(count).ToHashSet();
        return new HoldOut(seeds.Where(i => !held.Contains(i)), seeds.Where(held.Contains));
    }

    /// <summary>Holds out exactly those of the given users who are on the list.</summary>
    public static HoldOut Given(SeedMatch seeds, IdList heldUsers, Population population)
    {
        var held = new HashSet<UserRow>(heldUsers.Count);
        for (var i = 0; i < heldUsers.Count; i++)
        {
            if (population.Find(heldUsers[i]) is { } user) held.Add(user);
        }

        return new HoldOut(seeds.Where(i => !held.Contains(seeds.Users[i])), seeds.Where(i => held.Contains(seeds.Users[i])));
    }

    /// <summary>Trains on a sample of the users only and sets the others aside: the held-out users and the candidates stay the
    /// same.</summary>
    /// <remarks>Samples of one seed are nested: a smaller one is part of every larger one.</remarks>
    /// <param name="count">Users to train on; all, if the list has no more.</param>
    /// <param name="seed">Seed of the choice.</param>
    /// <param name="population">The population that the list was matched to.</param>
    public HoldOut WithTraining(int count, ulong seed, Population population)
    {
        if (count >= Training.Users.Count) return this;
        var purpose = SampleKey.Of(seed, UserHash.Of("size of the list"u8)).Then(ListKey(Training.List.Id));
        var order = Enumerable.Range(0, Training.Users.Count).ToArray();
        Array.Sort([.. Training.Users.Select(user => purpose.Then(UserHash.Of(population.UserId(user))))], order);
        var kept = order.Take(count).ToHashSet();
        return this with { Training = Training.Where(kept.Contains), Aside = Training.Where(i => !kept.Contains(i)) };
    }

    /// <summary>The users of one list that all of its splits train on. Inspecting only these leaks no held-out user.</summary>
    public static SeedMatch TrainedOnInAll(IReadOnlyList<HoldOut> splits)
    {
        var held = splits.SelectMany(split => split.Held.Users).ToHashSet();
        return splits[0].Training.Where(i => !held.Contains(splits[0].Training.Users[i]));
    }

    /// <summary>The part of a key of <see cref="SampleKey"/> that a seed list contributes.</summary>
    internal static ulong ListKey(string seedListId) => UserHash.Of(System.Text.Encoding.UTF8.GetBytes(seedListId));
}
