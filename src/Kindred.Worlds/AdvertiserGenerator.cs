using System.Globalization;
using Kindred.Sampling;

namespace Kindred.Worlds;

/// <summary>Makes the advertisers.</summary>
internal static class AdvertiserGenerator
{
    public static WorldAdvertiser[] Make(WorldOptions options, TopicPriors topics)
    {
        var sizes = options.SeedListSizes();
        var table = new AliasTable(topics.Weights);
        var digits = Math.Max(2, options.SeedLists.ToString(CultureInfo.InvariantCulture).Length);
        var format = "D" + digits.ToString(CultureInfo.InvariantCulture);
        var advertisers = new WorldAdvertiser[options.SeedLists];
        for (var i = 0; i < advertisers.Length; i++)
        {
            var random = SeededRandom.Keyed(options.Seed, (ulong)WorldStream.Advertisers, (ulong)i);
            // Every second one, so that sizes and kinds of taste are mixed evenly.
            var paired = i % 2 == 1;
            advertisers[i] = new WorldAdvertiser
            {
                Index = i,
                Name = "advertiser-" + (i + 1).ToString(format, CultureInfo.InvariantCulture),
                SeedCount = sizes[i],
                Topics = Weights(Distinct(2 + random.NextInt32(3), table, ref random), paired, ref random),
                PairWeight = paired ? 1.5 : 0,
            };
        }

        return advertisers;
    }

    private static List<int> Distinct(int count, AliasTable table, ref SeededRandom random)
    {
        var topics = new List<int>();
        while (topics.Count < count)
        {
            var topic = table.Draw(ref random);
            if (!topics.Contains(topic)) topics.Add(topic);
        }

        return topics;
    }

    private static TopicWeight[] Weights(List<int> topics, bool paired, ref SeededRandom random)
    {
        var weights = new TopicWeight[topics.Count];
        for (var i = 0; i < weights.Length; i++)
        {
            var weight = 0.5 + (0.5 * random.NextDouble());
            // Where the pair counts, its topics count little alone: otherwise a linear model would find everything.
            weights[i] = new TopicWeight(topics[i], paired && i < 2 ? 0.4 * weight : weight);
        }

        return weights;
    }
}
