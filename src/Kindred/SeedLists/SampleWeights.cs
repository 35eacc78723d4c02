using System.Globalization;
using Kindred.Numerics;

namespace Kindred.SeedLists;

/// <summary>Converts engagement metrics of seed users into sample weights.</summary>
/// <remarks>
/// The act-alike post, "Model architecture": the logarithm of metrics above 1 in scale, of rates after × 10⁶, then min-max
/// scaling to [0, 1] over the list's positives; with several metrics, their mean. Zero: log1p. A missing value: the mean
/// weight of the seeds that have one. All equal: all 1. By default weights are then raised to a floor and scaled to mean 1,
/// so that weighting changes the relative weights of positives, not their total.
/// </remarks>
public static class SampleWeights
{
    private const double RateScale = 1e6;

    /// <summary>One weight per matched user, parallel to <see cref="SeedMatch.Users"/>: held-out and unknown users do not affect
    /// it.</summary>
    /// <exception cref="KindredException">A metric is not in the list's file, or has a value that is negative or infinite.</exception>
    public static float[] Of(SeedMatch seeds, SampleWeightOptions options)
    {
        if (options.Metrics.Count == 0) return Ones(seeds.Users.Count);

        var sum = new double[seeds.Users.Count];
        foreach (var name in options.Metrics)
        {
            var weights = OfMetric(Values(seeds, name), options.Scales.GetValueOrDefault(name));
            for (var i = 0; i < sum.Length; i++) sum[i] += weights[i];
        }

        for (var i = 0; i < sum.Length; i++) sum[i] /= options.Metrics.Count;
        if (!options.Literal) FloorAndScale(sum, options.Floor);
        return Array.ConvertAll(sum, weight => (float)weight);
    }

    /// <summary>The weights in [0, 1] of one metric; NaN marks a missing value.</summary>
    public static double[] OfMetric(ReadOnlySpan<float> values, WeightScale scale)
    {
        var factor = IsRate(values, scale) ? RateScale : 1;
        var weights = new double[values.Length];
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        for (var i = 0; i < values.Length; i++)
        {
            weights[i] = PortableMath.Log(1 + values[i] * factor);
            if (double.IsNaN(weights[i])) continue;
            least = Math.Min(least, weights[i]);
            most = Math.Max(most, weights[i]);
        }

        var sum = 0.0;
        var present = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (double.IsNaN(weights[i])) continue;
            weights[i] = most > least ? (weights[i] - least) / (most - least) : 1;
            sum += weights[i];
            present++;
        }

        var mean = present > 0 ? sum / present : 1;
        for (var i = 0; i < weights.Length; i++)
        {
            if (double.IsNaN(weights[i])) weights[i] = mean;
        }

        return weights;
    }

    private static float[] Values(SeedMatch seeds, string metric)
    {
        var list = seeds.List;
        if (!list.Metrics.TryGetValue(metric, out var values))
        {
            throw new KindredException(ErrorKind.BadInput, "metric_unknown",
                $"Seed list '{list.Id}' has no metric column '{metric}'. " +
                $"It has {(list.Metrics.Count == 0 ? "none" : string.Join(", ", list.Metrics.Keys))}.",
                "Weigh the seeds by a column of the seed file.")
            {
                Values = new Dictionary<string,
                    object?>
                { ["seed_list"] = list.Id, ["metric"] = metric, ["metrics"] = list.Metrics.Keys.ToArray() },
            };
        }

        var matched = seeds.Positions.Select(position => values[position]).ToArray();
        foreach (var value in matched)
        {
            if (!(value < 0) && !float.IsInfinity(value)) continue;
            throw new KindredException(ErrorKind.BadInput, "metric_value_invalid",
                $"Seed list '{list.Id}': metric '{metric}' is {value.ToString(CultureInfo.InvariantCulture)} for a user. " +
                "Metrics must be zero or more.",
                "Leave the cell empty where a value is not known.")
            {
                Values = new Dictionary<string, object?> { ["seed_list"] = list.Id, ["metric"] = metric, ["value"] = value },
            };
        }

        return matched;
    }

    private static bool IsRate(ReadOnlySpan<float> values, WeightScale scale)
    {
        if (scale != WeightScale.Detect) return scale == WeightScale.Rate;
        var fractional = false;
        foreach (var value in values)
        {
            if (float.IsNaN(value)) continue;
            if (value is < 0 or > 1) return false;
            fractional |= value is > 0 and < 1;
        }

        return fractional;
    }

    private static void FloorAndScale(double[] weights, double floor)
    {
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++) sum += weights[i] = Math.Max(weights[i], floor);
        if (sum == 0) Array.Fill(weights, 1);
        else for (var i = 0; i < weights.Length; i++) weights[i] *= weights.Length / sum;
    }

    private static float[] Ones(int count)
    {
        var ones = new float[count];
        Array.Fill(ones, 1f);
        return ones;
    }
}
