namespace Kindred.Experiments.Analysis;

/// <summary>A unit that carries the mean of its arm: without it, the arm would have at least twice as many effective units.</summary>
/// <param name="Arm">The number of the arm in <see cref="ExperimentData.Arms"/>.</param>
/// <param name="Share">Its share of the arm's sum of numerators.</param>
/// <param name="EffectiveUnitsWithout">The arm's effective number of units without it.</param>
public sealed record HeaviestUnit(int Arm, double Share, double EffectiveUnitsWithout)
{
    // A smaller share of one unit changes the mean less than chance does.
    private const double SmallestShare = 0.1;

    /// <summary>Finds the unit in one arm of a mean or a ratio; null without one.</summary>
    /// <param name="arm">The number of the arm.</param>
    /// <param name="moments">The moments of its units, none of them with a numerator below 0.</param>
    /// <param name="largest">The largest numerator.</param>
    internal static HeaviestUnit? Of(int arm, MetricMoments moments, double largest)
    {
        double sum = moments.Sum(0), squares = moments.Covariance(0, 0) * (moments.Units - 1) + sum * moments.Mean(0), rest = sum - largest;
        if (!(largest > SmallestShare * sum) || !(rest > 0)) return null;
        // Where the largest square leaves only rounding, the others are taken as alike, which they are at best.
        var without = rest * rest / Math.Max(squares - largest * largest, rest * rest / (moments.Units - 1));
        return without >= 2 * sum * sum / squares ? new(arm, largest / sum, without) : null;
    }
}
