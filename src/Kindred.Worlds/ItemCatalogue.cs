using System.Globalization;
using Kindred.Sampling;

namespace Kindred.Worlds;

/// <summary>The items, and tables to draw one by topic or by popularity alone.</summary>
internal sealed class ItemCatalogue
{
    private const double ZipfExponent = 0.85;
    private const double SecondTopicWeight = 0.3;

    // The head of a Zipf law is flattened (Mandelbrot), so that no item reaches all users.
    private const double ZipfShift = 8;

    private readonly AliasTable _popular;
    private readonly (AliasTable Table, int[] Items)[] _byTopic;

    public ItemCatalogue(WorldOptions options, TopicPriors topics)
    {
        Items = MakeItems(options, new AliasTable(topics.Weights));
        _popular = new AliasTable(Array.ConvertAll(Items, item => item.Popularity));
        _byTopic = TablesByTopic(Items, options.Topics);
    }

    public WorldItem[] Items { get; }

    public int DrawPopular(ref SeededRandom random) => _popular.Draw(ref random);

    public int DrawOfTopic(int topic, ref SeededRandom random)
    {
        var (table, items) = _byTopic[topic];
        return items[table.Draw(ref random)];
    }

    private static WorldItem[] MakeItems(WorldOptions options, AliasTable topics)
    {
        var random = SeededRandom.Keyed(options.Seed, (ulong)WorldStream.Items);
        var items = new WorldItem[options.ItemCount];
        var itemsOfTopic = new int[options.Topics];
        var digits = (items.Length - 1).ToString(CultureInfo.InvariantCulture).Length;
        var format = "D" + Math.Max(5, digits).ToString(CultureInfo.InvariantCulture);
        // Ids are shuffled: otherwise the first ids would be the popular items.
        foreach (var index in Shuffled(items.Length, ref random))
        {
            int main = topics.Draw(ref random), second = topics.Draw(ref random);
            // The first items go to one topic each, so that every topic has an item.
            if (itemsOfTopic.AsSpan().IndexOf(0) is >= 0 and var empty) main = empty;
            var popularity = Math.Pow((ZipfShift + 1) / (ZipfShift + ++itemsOfTopic[main]), ZipfExponent);
            items[index] = new WorldItem("i" + index.ToString(format, CultureInfo.InvariantCulture), main, second, popularity);
        }

        return items;
    }

    private static int[] Shuffled(int count, ref SeededRandom random)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++)
        {
            var other = random.NextInt32(i + 1);
            order[i] = order[other];
            order[other] = i;
        }

        return order;
    }

    private static (AliasTable Table, int[] Items)[] TablesByTopic(WorldItem[] items, int topics)
    {
        var members = new List<int>[topics];
        var weights = new List<double>[topics];
        for (var topic = 0; topic < topics; topic++) (members[topic], weights[topic]) = ([], []);

        for (var i = 0; i < items.Length; i++)
        {
            Add(items[i].MainTopic, i, items[i].Popularity);
            if (items[i].SecondTopic != items[i].MainTopic) Add(items[i].SecondTopic, i, SecondTopicWeight * items[i].Popularity);
        }

        return [.. members.Zip(weights, (of, weight) => (new AliasTable(weight.ToArray()), of.ToArray()))];

        void Add(int topic, int item, double weight)
        {
            members[topic].Add(item);
            weights[topic].Add(weight);
        }
    }
}
