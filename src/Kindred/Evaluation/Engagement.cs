using Kindred.Populations;
using Kindred.SeedLists;

namespace Kindred.Evaluation;

/// <summary>The share of the held-out users' engagement that an audience contains.</summary>
internal static class Engagement
{
    /// <summary>[sizes] each metric's sum over the held-out users that are found, as a share of its sum over all held-out users; the mean
    /// over several metrics.</summary>
    /// <remarks>A missing value counts as the mean of the others, as in <see cref="SampleWeights"/>. A metric that is zero for all users
    /// counts users.</remarks>
    public static double[] Recall(SeedMatch held, UserRow[][] selected)
    {
        if (held.List.Metrics.Count == 0) return [];
        var recall = new double[selected.Length];
        // In ordinal order of names, so that sums have the same bits whatever order the file has its columns in.
        foreach (var (_, values) in held.List.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal))
        {
            var engagement = Shares([.. held.Positions.Select(position => (double)values[position])]);
            var byUser = new Dictionary<UserRow, double>();
            for (var i = 0; i < engagement.Length; i++) byUser[held.Users[i]] = engagement[i];
            for (var i = 0; i < selected.Length; i++)
            {
                recall[i] += selected[i].Sum(user => byUser.GetValueOrDefault(user)) / held.List.Metrics.Count;
            }
        }

        return recall;
    }

    private static double[] Shares(double[] values)
    {
        var known = values.Where(value => !double.IsNaN(value)).ToArray();
        var mean = known.Length == 0 ? 0 : known.Average();
        var filled = values.Select(value => double.IsNaN(value) ? mean : value).ToArray();
        var total = filled.Sum();
        return total > 0 ? [.. filled.Select(value => value / total)] : [.. filled.Select(_ => 1.0 / filled.Length)];
    }
}
