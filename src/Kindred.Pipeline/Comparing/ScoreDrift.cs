namespace Kindred.Pipeline.Comparing;

/// <summary>The difference between the score distributions of two models, or of one model on two days.</summary>
internal static class ScoreDrift
{
    // Tenths: at each second of twenty quantiles.
    private const int Parts = 10;

    // Smaller shares count as this one, because an empty part would make the index infinite.
    private const double Least = 1e-4;

    /// <summary>The population stability index Σ (b − a) ln (b / a) over the ten parts between the first distribution's deciles: 0 for no
    /// change.</summary>
    /// <param name="before">Equally spaced quantiles of the first distribution, ascending.</param>
    /// <param name="after">Equally spaced quantiles of the second distribution, ascending.</param>
    /// <returns>The index; NaN if one of them is empty.</returns>
    public static double Index(IReadOnlyList<float> before, IReadOnlyList<float> after)
    {
        if (before.Count < 2 || after.Count < 2) return double.NaN;
        var (sum, lower) = (0.0, (Before: 0.0, After: 0.0));
        for (var part = 1; part <= Parts; part++)
        {
            var edge = before[part * (before.Count - 1) / Parts];
            var upper = part == Parts ? (Before: 1, After: 1) : (Before: ShareBelow(before, edge), After: ShareBelow(after, edge));
            var (a, b) = (Math.Max(Least, upper.Before - lower.Before), Math.Max(Least, upper.After - lower.After));
            sum += (b - a) * Math.Log(b / a);
            lower = upper;
        }

        return sum;
    }

    /// <summary>The share of scores at or below a value, interpolated linearly between quantiles.</summary>
    private static double ShareBelow(IReadOnlyList<float> quantiles, float score)
    {
        var steps = quantiles.Count - 1;
        var at = 0;
        while (at <= steps && quantiles[at] <= score) at++;
        if (at == 0) return 0;
        if (at > steps) return 1;
        var width = (double)quantiles[at] - quantiles[at - 1];
        return (at - 1 + (width > 0 ? (score - quantiles[at - 1]) / width : 0)) / steps;
    }
}
