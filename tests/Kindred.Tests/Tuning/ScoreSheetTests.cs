using Kindred.Sampling;
using Kindred.Tuning;

namespace Kindred.Tests.Tuning;

public sealed class ScoreSheetTests
{
    [Fact]
    public void Recall_counts_the_held_out_users_above_the_last_user_of_a_size()
    {
        // Of ten other users, 10 % is one (score 9) and 30 % are three (down to score 7).
        float[] scores = [9.5f, 8, 7, 0, 9, 8.5f, 7, 6, 5, 4, 3, 2, 1, 0];
        var sheet = new ScoreSheet("list", 20, 4, [scores]);
        // At 10 % only the first is found. At 30 % the second is found too, and half of the third, which ties with the last.
        Assert.Equal((1 + 2.5) / 8, sheet.AverageRecall(scores, [0.1, 0.3], new float[14]), 12);
    }

    [Fact]
    public void Recall_equals_the_naive_computation()
    {
        var random = new SeededRandom(3);
        for (var repeat = 0; repeat < 30; repeat++)
        {
            var (held, others) = (1 + random.NextInt32(30), 20 + random.NextInt32(300));
            var scores = Enumerable.Range(0, held + others).Select(_ => (float)random.NextInt32(40)).ToArray();
            var expected = new[] { 0.01, 0.02, 0.05, 0.1 }.Average(fraction =>
            {
                var k = Math.Clamp((int)Math.Round(fraction * others), 1, others);
                var last = scores[held..].OrderDescending().ElementAt(k - 1);
                return scores[..held].Average(score => score > last ? 1 : score == last ? 0.5 : 0);
            });
            var sheet = new ScoreSheet("list", 1, held, [scores]);
            Assert.Equal(expected, sheet.AverageRecall(scores, [0.01, 0.02, 0.05, 0.1], new float[scores.Length]), 12);
        }
    }
}
