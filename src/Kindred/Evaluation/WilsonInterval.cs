namespace Kindred.Evaluation;

/// <summary>Wilson's interval for a share (1927): never outside 0 to 1, and valid at 0 and 1 too.</summary>
internal static class WilsonInterval
{
    // The 97.5% point of the normal distribution.
    private const double Z = 1.959963984540054;

    /// <summary>The 95% interval of the probability behind some successes.</summary>
    /// <param name="successes">From 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">At least 1.</param>
    public static (double Low, double High) Of(long successes, long trials)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trials);
        double n = trials, share = successes / n;
        var middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n);
        var half = Z / (1 + Z * Z / n) * Math.Sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));

        // At the ends the formula is exact except for rounding, and the interval must contain the share.
        return (Math.Clamp(middle - half, 0, share), Math.Clamp(middle + half, share, 1));
    }
}
