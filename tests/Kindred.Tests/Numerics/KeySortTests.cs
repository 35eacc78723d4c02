using Kindred.Numerics;
using Kindred.Sampling;

namespace Kindred.Tests.Numerics;

public sealed class KeySortTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(5_000)]
    public void Sorts_by_the_high_half_and_is_stable(int count)
    {
        var random = new SeededRandom(1);
        var keys = new ulong[count];
        for (var i = 0; i < count; i++) keys[i] = (ulong)random.NextInt32(i % 2 == 0 ? 50 : int.MaxValue) << 33 | (uint)random.NextInt32(1000);
        var expected = keys.OrderBy(key => key >> 32).ToArray();
        KeySort.ByHighHalf(keys);
        Assert.Equal(expected, keys);
    }
}
