namespace Kindred.Evaluation;

/// <summary>Isotonic regression by pooling adjacent violators (Barlow and others 1972).</summary>
internal static class MonotoneRates
{
    /// <summary>The decreasing rates closest to events/exposure, by least squares weighted by the exposure.</summary>
    /// <param name="events">One number per group.</param>
    /// <param name="exposures">One number per group, 0 or more.</param>
    public static double[] Falling(IReadOnlyList<double> events, IReadOnlyList<double> exposures)
    {
        var pools = new List<(double Events, double Exposure, int Groups)>();
        for (var i = 0; i < events.Count; i++)
        {
            pools.Add((events[i], exposures[i], 1));
            while (pools.Count > 1 && Rate(pools[^1]) >= Rate(pools[^2]))
            {
                var (last, before) = (pools[^1], pools[^2]);
                pools.RemoveAt(pools.Count - 1);
                pools[^1] = (before.Events + last.Events, before.Exposure + last.Exposure, before.Groups + last.Groups);
            }
        }

        return [.. pools.SelectMany(pool => Enumerable.Repeat(Rate(pool), pool.Groups))];
    }

    private static double Rate((double Events, double Exposure, int Groups) pool) => pool.Exposure > 0 ? pool.Events / pool.Exposure : 0;
}
