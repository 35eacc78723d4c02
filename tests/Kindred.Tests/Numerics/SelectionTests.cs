using Kindred.Numerics;
using Kindred.Sampling;

namespace Kindred.Tests.Numerics;

public sealed class SelectionTests
{
    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 10)]
    [InlineData(97, 3)]
    [InlineData(1000, 100_000)]
    public void The_kth_largest_equals_a_sorts_and_larger_values_precede_it(int count, int distinct)
    {
        var random = new SeededRandom(7);
        for (var repeat = 0; repeat < 20; repeat++)
        {
            var values = Enumerable.Range(0, count).Select(_ => (float)random.NextInt32(distinct)).ToArray();
            var sorted = values.OrderDescending().ToArray();
            foreach (var k in new[] { 1, count, 1 + random.NextInt32(count) })
            {
                var some = (float[])values.Clone();
                Assert.Equal(sorted[k - 1], Selection.Largest(some, k));
                Assert.Equal(sorted[..k], some[..k].OrderDescending());
            }
        }
    }

    [Fact]
    public void Sorted_and_equal_values_are_selected_correctly()
    {
        var ascending = Enumerable.Range(0, 50_000).Select(i => (float)i).ToArray();
        Assert.Equal(49_990, Selection.Largest(ascending, 10));
        Assert.Equal(1, Selection.Largest(Enumerable.Repeat(1f, 50_000).ToArray(), 25_000));
    }
}
