namespace Kindred.Experiments.Tests;

public sealed class ConfidenceSetTests
{
    private const double Infinite = double.PositiveInfinity;

    [Fact]
    public void The_shape_follows_from_the_ends_and_the_gap()
    {
        Assert.Equal(ConfidenceSetShape.BoundedInterval, ConfidenceSet.Between(-1, 2).Shape);
        Assert.Equal(ConfidenceSetShape.HalfLine, ConfidenceSet.Between(-1, Infinite).Shape);
        Assert.Equal(ConfidenceSetShape.HalfLine, ConfidenceSet.Between(-Infinite, 2).Shape);
        Assert.Equal(ConfidenceSetShape.WholeLine, ConfidenceSet.WholeLine.Shape);
        Assert.Equal(ConfidenceSetShape.TwoRays, ConfidenceSet.Outside(-1, 2).Shape);
        Assert.Equal(ConfidenceSet.Between(2, Infinite), ConfidenceSet.Outside(-Infinite, 2));
        Assert.Equal(ConfidenceSet.Between(-Infinite, 2), ConfidenceSet.Outside(2, Infinite));
        Assert.Equal(ConfidenceSet.WholeLine, ConfidenceSet.Outside(-Infinite, Infinite));
    }

    [Fact]
    public void Two_rays_contain_everything_outside_the_gap()
    {
        var set = ConfidenceSet.Outside(-1, 2);
        Assert.Equal((-Infinite, Infinite), (set.Low, set.High));
        Assert.All(new[] { -Infinite, -1e9, -1, 2, 1e9, Infinite }, value => Assert.True(set.Contains(value)));
        Assert.All(new[] { -0.999, 0, 1.999 }, value => Assert.False(set.Contains(value)));
        Assert.False(set.Contains(double.NaN));
    }

    [Fact]
    public void A_range_overlaps_exactly_if_the_set_contains_one_of_its_values() =>
        Gen.Select(Gen.Int[-5, 5], Gen.Int[0, 5], Gen.Int[0, 3], Gen.Int[-8, 8], Gen.Int[0, 8]).Sample((low, width, kind, from, length) =>
        {
            ConfidenceSet[] sets =
            [
                ConfidenceSet.Between(low, low + width), ConfidenceSet.Between(low, Infinite), ConfidenceSet.Between(-Infinite, low), ConfidenceSet.Outside(low, low + width),
            ];
            // Ends are whole numbers, so a step of one half misses nothing.
            var values = Enumerable.Range(0, 2 * length + 1).Select(i => from + i / 2.0).ToArray();
            Assert.Equal(values.Any(sets[kind].Contains), sets[kind].Overlaps(from, from + length));
            Assert.All(values, value => Assert.Equal(sets[kind].Contains(value), sets[kind].Negated().Contains(-value)));
        });
}
