using Kindred.Numerics;
using Kindred.Tuning;

namespace Kindred.Tests.Tuning;

public sealed class GreedyBlendTests
{
    private static readonly double[] _fractions = [0.05, 0.1];

    [Fact]
    public void Two_methods_that_each_see_half_of_a_signal_are_both_taken_and_noise_is_not()
    {
        var sheets = Enumerable.Range(0, 12).Select(i => Sheet((ulong)i)).ToArray();
        var (counts, recall) = new GreedyBlend(_fractions, 8, 1).Choose(sheets, Ones(12), [true, true, true]);
        Assert.True(counts[0] > 0 && counts[1] > 0, string.Join(' ', counts));
        Assert.True(counts[2] <= counts[0] && counts[2] <= counts[1], string.Join(' ', counts));
        for (var method = 0; method < 3; method++)
        {
            Assert.True(recall > new GreedyBlend(_fractions, 1, 1).Choose(sheets, Ones(12), Only(method)).Recall);
        }
    }

    [Fact]
    public void The_recall_that_is_told_is_that_of_the_counts()
    {
        var sheets = Enumerable.Range(0, 5).Select(i => Sheet((ulong)i)).ToArray();
        var greedy = new GreedyBlend(_fractions, 6, 2);
        double[] importance = [1, 2, 0, 0.5, 1];
        var (counts, recall) = greedy.Choose(sheets, importance, [true, true, true]);
        Assert.Equal(sheets.Select((sheet, i) => importance[i] * greedy.Recall(sheet, counts)).Sum() / importance.Sum(), recall, 9);
    }

    [Fact]
    public void What_is_not_allowed_is_not_taken_and_a_list_without_importance_decides_nothing()
    {
        var sheets = Enumerable.Range(0, 6).Select(i => Sheet((ulong)i)).ToArray();
        var greedy = new GreedyBlend(_fractions, 6, 1);
        Assert.Equal(0, greedy.Choose(sheets, Ones(6), [true, false, true]).Counts[1]);
        double[] first = [1, 1, 1, 0, 0, 0];
        Assert.Equal(greedy.Choose(sheets[..3], Ones(3), [true, true, true]), greedy.Choose(sheets, first, [true, true, true]), (a, b) => a.Counts.SequenceEqual(b.Counts) && a.Recall == b.Recall);
    }

    [Fact]
    public void Threads_play_no_part()
    {
        var sheets = Enumerable.Range(0, 7).Select(i => Sheet((ulong)i)).ToArray();
        var one = new GreedyBlend(_fractions, 6, 1).Choose(sheets, Ones(7), [true, true, true]);
        var three = new GreedyBlend(_fractions, 6, 3).Choose(sheets, Ones(7), [true, true, true]);
        Assert.Equal(one.Counts, three.Counts);
        Assert.Equal(one.Recall, three.Recall);
    }

    private static double[] Ones(int count) => [.. Enumerable.Repeat(1.0, count)];

    private static bool[] Only(int method) => [method == 0, method == 1, method == 2];

    /// <summary>Held-out users are higher by chance in each of the first two methods; the third knows nothing.</summary>
    private static ScoreSheet Sheet(ulong seed)
    {
        var random = new SeededRandom(seed);
        const int Held = 20, Others = 400;
        var scores = Enumerable.Range(0, 3).Select(method => Enumerable.Range(0, Held + Others)
            .Select(user => (float)(Noise() + (user < Held && method < 2 ? 1.2 : 0))).ToArray()).ToArray();
        return new ScoreSheet($"list {seed}", 100, Held, scores);

        double Noise() => random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5;
    }
}
