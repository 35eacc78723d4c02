using System.Runtime.CompilerServices;

namespace Kindred.Experiments;

/// <summary>The moments of one arm's units for one metric: their number, and sums and products of four numbers per unit.</summary>
/// <remarks>
/// The four are numerator and denominator, during the experiment and before it. Sums are plain, so that counts stay whole; products
/// are centred at the means, so that they lose no digits where values are large and alike; two parts are merged by the update of Chan,
/// Golub and LeVeque (1979).
/// </remarks>
public readonly record struct MetricMoments
{
    /// <summary>The numbers per unit.</summary>
    public const int Variables = 4;

    /// <summary>Distinct products of two of them, in the order NN, ND, NP, NQ, DD, DP, DQ, PP, PQ, QQ (P and Q: numerator and denominator
    /// before).</summary>
    public const int Products = Variables * (Variables + 1) / 2;

    private readonly FourNumbers _sums;
    private readonly TenNumbers _products;

    private MetricMoments(long units, FourNumbers sums, TenNumbers products) => (Units, _sums, _products) = (units, sums, products);

    /// <summary>Units, including those without any value.</summary>
    public long Units { get; }

    /// <summary>Creates moments from raw sums over units.</summary>
    /// <param name="units">The number of units; 0 gives no moments.</param>
    /// <param name="sums">[4] of numerator, denominator, numerator before, denominator before.</param>
    /// <param name="products">[10] sums of products, in the order of <see cref="Products"/>.</param>
    public static MetricMoments FromSums(long units, ReadOnlySpan<double> sums, ReadOnlySpan<double> products)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(units);
        ArgumentOutOfRangeException.ThrowIfNotEqual(sums.Length, Variables);
        ArgumentOutOfRangeException.ThrowIfNotEqual(products.Length, Products);
        if (units == 0) return default;
        var kept = default(FourNumbers);
        sums.CopyTo(kept);
        var central = default(TenNumbers);
        for (int i = 0, at = 0; i < Variables; i++)
        {
            for (var j = i; j < Variables; j++, at++)
            {
                central[at] = products[at] - sums[i] * (sums[j] / units);
                // Equal numbers leave only rounding, which can be below 0.
                if (i == j) central[at] = Math.Max(0, central[at]);
            }
        }

        return new MetricMoments(units, kept, central);
    }

    /// <summary>Creates the moments of a mean from a sum and a sum of squares: each unit's denominator is 1, without a
    /// pre-period.</summary>
    public static MetricMoments OfMean(double sum, double sumOfSquares, long units) =>
        FromSums(units, [sum, units, 0, 0], [sumOfSquares, sum, 0, 0, units, 0, 0, 0, 0, 0]);

    /// <summary>The mean of one of the four numbers.</summary>
    /// <param name="variable">0 numerator, 1 denominator, 2 numerator before, 3 denominator before.</param>
    public double Mean(int variable) => Units == 0 ? 0 : _sums[variable] / Units;

    /// <summary>The covariance of two of the four numbers over units, with n − 1; the variance where they are the same. 0 below two
    /// units.</summary>
    public double Covariance(int one, int other)
    {
        var (low, high) = one <= other ? (one, other) : (other, one);
        return Units < 2 ? 0 : _products[Place(low, high)] / (Units - 1);
    }

    /// <summary>The sum of one of the four numbers over units.</summary>
    public double Sum(int variable) => _sums[variable];

    /// <summary>Merges the moments of these units and others.</summary>
    public MetricMoments Merge(MetricMoments other)
    {
        if (other.Units == 0) return this;
        if (Units == 0) return other;
        double n = Units, m = other.Units, weight = n * (m / (n + m));
        var sums = default(FourNumbers);
        var products = default(TenNumbers);
        for (int i = 0, at = 0; i < Variables; i++)
        {
            var gap = other.Mean(i) - Mean(i);
            sums[i] = _sums[i] + other._sums[i];
            for (var j = i; j < Variables; j++, at++)
            {
                products[at] = _products[at] + other._products[at] + gap * (other.Mean(j) - Mean(j)) * weight;
            }
        }

        return new MetricMoments(Units + other.Units, sums, products);
    }

    /// <summary>Tells whether all moments are equal.</summary>
    public bool Equals(MetricMoments other) =>
        Units == other.Units && ((ReadOnlySpan<double>)_sums).SequenceEqual(other._sums)
            && ((ReadOnlySpan<double>)_products).SequenceEqual(other._products);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Units, _sums[0], _products[0]);

    private static int Place(int low, int high) => low * Variables - low * (low - 1) / 2 + (high - low);

    [InlineArray(Variables)]
    private struct FourNumbers
    {
        private double _first;
    }

    [InlineArray(Products)]
    private struct TenNumbers
    {
        private double _first;
    }
}
