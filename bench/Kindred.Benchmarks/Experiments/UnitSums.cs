using Kindred.Experiments;

namespace Kindred.Benchmarks.Experiments;

/// <summary>Accumulates the sums and products of units.</summary>
public sealed class UnitSums
{
    private readonly double[] _sums = new double[MetricMoments.Variables];
    private readonly double[] _products = new double[MetricMoments.Products];
    private long _units;

    public MetricMoments Moments => MetricMoments.FromSums(_units, _sums, _products);

    public void Add(double numerator, double denominator = 1, double numeratorBefore = 0, double denominatorBefore = 1)
    {
        ReadOnlySpan<double> unit = [numerator, denominator, numeratorBefore, denominatorBefore];
        for (int i = 0, at = 0; i < unit.Length; i++)
        {
            _sums[i] += unit[i];
            for (var j = i; j < unit.Length; j++, at++) _products[at] += unit[i] * unit[j];
        }

        _units++;
    }
}
