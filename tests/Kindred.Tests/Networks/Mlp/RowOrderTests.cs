using Kindred.Networks.Mlp;
using Kindred.Sampling;

namespace Kindred.Tests.Networks.Mlp;

public sealed class RowOrderTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(3_000)]
    public void Rows_of_nonzero_weight_ascend_by_key(int count)
    {
        var hashes = Enumerable.Range(0, count).Select(i => SampleKey.Of(3, (ulong)i)).ToArray();
        var weights = Enumerable.Range(0, count).Select(i => i % 3 == 1 ? 0f : 1f).ToArray();
        var order = new RowOrder();
        foreach (var key in new ulong[] { 5, 6 })
        {
            var expected = Enumerable.Range(0, count).Where(i => weights[i] != 0).OrderBy(i => key.Then(hashes[i]));
            Assert.Equal(expected, order.Of(key, hashes, weights).ToArray());
        }
    }

    [Fact]
    public void A_smaller_set_after_a_larger_one_is_ordered_independently()
    {
        var hashes = Enumerable.Range(0, 500).Select(i => SampleKey.Of(3, (ulong)i)).ToArray();
        var ones = hashes.Select(_ => 1f).ToArray();
        var order = new RowOrder();
        order.Of(1, hashes, ones);
        Assert.Equal(Enumerable.Range(0, 300), order.Of(2, hashes.AsSpan(0, 300), ones.AsSpan(0, 300)).ToArray().Order());
    }
}
