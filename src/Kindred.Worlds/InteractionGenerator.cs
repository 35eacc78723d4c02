using Kindred.Sampling;

namespace Kindred.Worlds;

/// <summary>Draws a user's interactions, from the seed and the user alone.</summary>
internal sealed class InteractionGenerator(WorldOptions options, ItemCatalogue items)
{
    // The share of items chosen by popularity, not by taste.
    private const double PopularShare = 0.15;
    private const double RepeatChance = 0.35;
    private const int MostWeight = 100;

    public WorldInteraction[] Of(WorldUser user)
    {
        if (user.InteractionCount == 0) return [];

        var random = SeededRandom.Keyed(options.Seed, (ulong)WorldStream.Interactions, (ulong)user.Index);
        var chosen = new int[user.InteractionCount];
        var count = DrawDistinct(user.TopicShares.Span, chosen, ref random);
        var interactions = new WorldInteraction[count];
        for (var i = 0; i < count; i++)
        {
            var weight = 1 + Math.Min(MostWeight - 1, random.NextGeometric(1 - RepeatChance));
            // The first draw is the user's newest interaction.
            var timestamp = i == 0 ? user.LastSeen!.Value : Before(user.LastSeen!.Value, ref random);
            interactions[i] = new WorldInteraction(chosen[i], weight, timestamp);
        }

        return interactions;
    }

    private int DrawDistinct(ReadOnlySpan<float> shares, Span<int> chosen, ref SeededRandom random)
    {
        var count = 0;
        // A heavy user of narrow taste may have seen nearly all items of their topics: give up after enough repeats.
        for (var attempts = 4 * chosen.Length; attempts > 0 && count < chosen.Length; attempts--)
        {
            var item = random.NextDouble() < PopularShare
                ? items.DrawPopular(ref random)
                : items.DrawOfTopic(DrawTopic(shares, ref random), ref random);
            // A vectorised scan: for the usual tens of items it beats a hash set.
            if (!chosen[..count].Contains(item)) chosen[count++] = item;
        }

        return count;
    }

    private static int DrawTopic(ReadOnlySpan<float> shares, ref SeededRandom random)
    {
        var place = random.NextDouble();
        var last = 0;
        for (var topic = 0; topic < shares.Length; topic++)
        {
            if (shares[topic] == 0) continue;
            last = topic;
            place -= shares[topic];
            if (place < 0) break;
        }

        return last;
    }

    private static long Before(long lastSeen, ref SeededRandom random) =>
        World.Start + (long)(random.NextDouble() * (lastSeen - World.Start));
}
