namespace Kindred.Experiments;

/// <summary>The values that a test does not reject at a level of confidence.</summary>
/// <remarks>
/// Usually an interval. The set of a ratio whose denominator could be 0 is unbounded (Fieller 1954): a half-line, everything outside a
/// gap, or the whole line.
/// </remarks>
public readonly record struct ConfidenceSet
{
    private ConfidenceSet(double low, double high, (double Low, double High)? gap) => (Low, High, Gap) = (low, high, gap);

    /// <summary>All values.</summary>
    public static ConfidenceSet WholeLine => Between(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>The smallest value in the set; −∞ where the set has no lower bound.</summary>
    public double Low { get; }

    /// <summary>The largest value in the set; +∞ where the set has no upper bound.</summary>
    public double High { get; }

    /// <summary>The values between two rays, which the data exclude; both ends are in the set. Null for every other shape.</summary>
    public (double Low, double High)? Gap { get; }

    /// <summary>The shape of the set.</summary>
    public ConfidenceSetShape Shape => (Gap is not null, double.IsInfinity(Low), double.IsInfinity(High)) switch
    {
        (true, _, _) => ConfidenceSetShape.TwoRays,
        (_, true, true) => ConfidenceSetShape.WholeLine,
        (_, false, false) => ConfidenceSetShape.BoundedInterval,
        _ => ConfidenceSetShape.HalfLine,
    };

    /// <summary>Creates the set of all values from <paramref name="low"/> to <paramref name="high"/>, both included; an infinite end
    /// means no bound.</summary>
    public static ConfidenceSet Between(double low, double high) => new(low, high, null);

    /// <summary>Creates the set of all values but those between <paramref name="low"/> and <paramref name="high"/>.</summary>
    /// <param name="low">The end of the lower ray; −∞ leaves the upper ray alone.</param>
    /// <param name="high">The start of the upper ray; +∞ leaves the lower ray alone.</param>
    public static ConfidenceSet Outside(double low, double high) => (double.IsInfinity(low), double.IsInfinity(high)) switch
    {
        (false, false) => new(double.NegativeInfinity, double.PositiveInfinity, (low, high)),
        (true, false) => Between(high, double.PositiveInfinity),
        (false, true) => Between(double.NegativeInfinity, low),
        _ => WholeLine,
    };

    /// <summary>Tells whether a value is in the set.</summary>
    public bool Contains(double value) => Overlaps(value, value);

    /// <summary>Tells whether any value from <paramref name="from"/> to <paramref name="to"/> is in the set.</summary>
    public bool Overlaps(double from, double to)
    {
        double first = Math.Max(from, Low), last = Math.Min(to, High);
        return first <= last && !(Gap is var (low, high) && first > low && last < high);
    }

    /// <summary>Returns the set of the negated values.</summary>
    public ConfidenceSet Negated() => new(-High, -Low, Gap is var (low, high) ? (-high, -low) : null);
}
