using Kindred.Sampling;
using Kindred.Tuning;

namespace Kindred.Tests.Tuning;

public sealed class GreedyBlendTests
{
    private static readonly double[] _fractions = [0.05, 0.1];

    [Fact]
    public void Two_methods_that_each_see_half_of_a_signal_are_both_chosen_and_noise_is_not()
    {
        var sheets = Enumerable.Range(0, 12).Select(i => Sheet((ulong)i)).ToArray();
        var (counts, recall) = new GreedyBlend(_fractions, 8, 1).Choose(sheets, [true, true, true]);
        Assert.True(counts[0] > 0 && counts[1] > 0, string.Join(' ', counts));
        Assert.True(counts[2] <= counts[0] && counts[2] <= counts[1], string.Join(' ', counts));
        for (var method = 0; method < 3; method++)
        {
            Assert.True(recall > new GreedyBlend(_fractions, 1, 1).Choose(sheets, Only(method)).Recall);
        }
    }

    [Fact]
    public void The_reported_recall_is_that_of_the_chosen_counts()
    {
        var sheets = Enumerable.Range(0, 5).Select(i => Sheet((ulong)i)).ToArray();
        var greedy = new GreedyBlend(_fractions, 6, 2);
        var (counts, recall) = greedy.Choose(sheets, [true, true, true]);
        Assert.Equal(sheets.Average(sheet => greedy.Recall(sheet, counts)), recall, 9);
    }

    [Fact]
    public void Disallowed_methods_are_never_chosen_and_initial_ones_stay()
    {
        var sheets = Enumerable.Range(0, 6).Select(i => Sheet((ulong)i)).ToArray();
        var greedy = new GreedyBlend(_fractions, 6, 1);
        Assert.Equal(0, greedy.Choose(sheets, [true, false, true]).Counts[1]);
        var (counts, recall) = greedy.Choose(sheets, [true, false, false], [0, 3, 0]);
        Assert.Equal([3, 0], counts[1..]);
        Assert.True(recall >= sheets.Average(sheet => greedy.Recall(sheet, [0, 3, 0])));
    }

    [Fact]
    public void Threads_do_not_matter()
    {
        var sheets = Enumerable.Range(0, 7).Select(i => Sheet((ulong)i)).ToArray();
        var one = new GreedyBlend(_fractions, 6, 1).Choose(sheets, [true, true, true]);
        var three = new GreedyBlend(_fractions, 6, 3).Choose(sheets, [true, true, true]);
        Assert.Equal(one.Counts, three.Counts);
        Assert.Equal(one.Recall, three.Recall);
    }

    private static bool[] Only(int method) => [method == 0, method == 1, method == 2];

    /// <summary>Each of the first two methods raises random held-out users. The third is noise.</summary>
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
