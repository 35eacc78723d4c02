using Kindred.Evaluation;

namespace Kindred.Tests.Evaluation;

public sealed class MonotoneRatesTests
{
    [Fact]
    public void Equal_the_min_max_formula_of_isotonic_regression() =>
        Gen.Select(Gen.Int[0, 20], Gen.Double[0.5, 10]).Array[1, 25].Sample(groups =>
        {
            var (events, exposures) = (groups.Select(group => (double)group.Item1).ToArray(), groups.Select(group => group.Item2).ToArray());
            var rates = MonotoneRates.Falling(events, exposures);
            for (var i = 0; i < groups.Length; i++)
            {
                var expected = Enumerable.Range(0, i + 1).Min(from => Enumerable.Range(i, groups.Length - i).Max(to =>
                    events[from..(to + 1)].Sum() / exposures[from..(to + 1)].Sum()));
                Assert.Equal(expected, rates[i], 1e-9);
            }
        }, iter: 200);

    [Fact]
    public void A_group_without_exposure_has_a_finite_rate() =>
        Assert.Equal([2, 0, 0], MonotoneRates.Falling([4, 0, 0], [2, 0, 1]));
}
