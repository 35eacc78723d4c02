namespace Kindred.Statistics;

/// <summary>Adjusted p-values of a family of tests; NaN for an impossible test, which does not count.</summary>
internal static class AdjustedPValues
{
    /// <summary>Steps down from the smallest (Holm 1979): each p-value times the number of remaining tests, and never below that of a
    /// smaller p-value.</summary>
    public static double[] Holm(IReadOnlyList<double> values)
    {
        var (adjusted, order) = Ordered(values);
        var largest = 0.0;
        for (var rank = 0; rank < order.Length; rank++)
        {
            largest = Math.Max(largest, Math.Min(1, values[order[rank]] * (order.Length - rank)));
            adjusted[order[rank]] = largest;
        }

        return adjusted;
    }

    /// <summary>Steps up from the largest (Benjamini and Hochberg 1995): each p-value times the number of tests divided by its rank, and
    /// never above that of a larger p-value.</summary>
    public static double[] BenjaminiHochberg(IReadOnlyList<double> values)
    {
        var (adjusted, order) = Ordered(values);
        var smallest = 1.0;
        for (var rank = order.Length - 1; rank >= 0; rank--)
        {
            smallest = Math.Min(smallest, values[order[rank]] * order.Length / (rank + 1));
            adjusted[order[rank]] = smallest;
        }

        return adjusted;
    }

    private static (double[] Adjusted, int[] Order) Ordered(IReadOnlyList<double> values)
    {
        var adjusted = new double[values.Count];
        Array.Fill(adjusted, double.NaN);
        return (adjusted, [.. Enumerable.Range(0, values.Count).Where(i => !double.IsNaN(values[i])).OrderBy(i => values[i])]);
    }
}
