namespace Kindred.Experiments;

/// <summary>Counts values by size, to find any quantile within a relative error.</summary>
/// <remarks>
/// Buckets that grow with the values (DDSketch: Masson, Rim and Lee 2019), cut out of the bits of a double: 1,024 of equal width between a
/// power of two and the next, so that all values of a bucket are within <see cref="RelativeError"/> of each other (below 10⁻³⁰⁷, where
/// doubles run out of digits, within 10⁻³¹⁰). Counts are whole numbers: sketches can be merged in any order and any number of parts, with
/// the same result. Memory grows with the range of the values, 8 KB per power of two, and is never above 34 MB.
/// </remarks>
public sealed class QuantileSketch
{
    /// <summary>The largest error of a quantile, relative to the value of that rank.</summary>
    public const double RelativeError = 0.001;

    private readonly SizeBuckets _above = new();
    private readonly SizeBuckets _below = new();
    private long _zeros;
    private double _least = double.PositiveInfinity;
    private double _most = double.NegativeInfinity;

    /// <summary>The number of values.</summary>
    public long Count => _above.Count + _below.Count + _zeros;

    /// <summary>Adds a value.</summary>
    /// <param name="value">Any finite number.</param>
    public void Add(double value) => Add(value, 1);

    /// <summary>Adds a value several times.</summary>
    /// <param name="value">Any finite number.</param>
    /// <param name="count">The number of times, from 0 on.</param>
    public void Add(double value, long count)
    {
        if (!double.IsFinite(value)) throw new ArgumentOutOfRangeException(nameof(value), value, "A value must be finite.");
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count == 0) return;
        if (value > 0) _above.Add(SizeBuckets.Of(value), count);
        else if (value < 0) _below.Add(SizeBuckets.Of(-value), count);
        else _zeros += count;
        _least = Math.Min(_least, value);
        _most = Math.Max(_most, value);
    }

    /// <summary>Adds all values of another sketch.</summary>
    public void MergeFrom(QuantileSketch other)
    {
        _above.MergeFrom(other._above);
        _below.MergeFrom(other._below);
        _zeros += other._zeros;
        _least = Math.Min(_least, other._least);
        _most = Math.Max(_most, other._most);
    }

    /// <summary>The smallest value that at least a share of all values do not exceed, within <see cref="RelativeError"/>; 0 if there are
    /// none.</summary>
    /// <remarks>Values of one bucket are taken as evenly spread, so that close quantiles of many values differ; the smallest and the
    /// largest are exact.</remarks>
    /// <param name="q">The share, 0 to 1.</param>
    public double Quantile(double q)
    {
        if (!(q >= 0 && q <= 1)) throw new ArgumentOutOfRangeException(nameof(q), q, "A share is from 0 to 1.");
        var count = Count;
        if (count == 0) return 0;
        // A product such as .07 · 100 is a little above the whole number that it should be.
        var rank = Math.Clamp((long)Math.Ceiling(q * count - 1e-12 * count), 1, count);
        return rank == 1 ? _least : rank == count ? _most : Math.Clamp(ValueAt(rank), _least, _most);
    }

    /// <summary>Counts the values in a value's own bucket or below it.</summary>
    public double AtOrBelow(double value)
    {
        if (value < 0) return _below.Count - _below.CountBelow(SizeBuckets.Of(-value));
        return _below.Count + _zeros + (value > 0 ? _above.CountBelow(SizeBuckets.Of(value) + 1) : 0);
    }

    // The most negative value is the largest of those below 0.
    private double ValueAt(long rank)
    {
        if (rank <= _below.Count) return -_below.ValueAt(_below.Count - rank + 1);
        rank -= _below.Count + _zeros;
        return rank <= 0 ? 0 : _above.ValueAt(rank);
    }
}
