using Kindred.Numerics;
using Kindred.Sampling;

namespace Kindred.Insight;

/// <summary>k-means of unit vectors by cosine (Dhillon and Modha 2001), started as k-means++ (Arthur and Vassilvitskii 2007).</summary>
/// <remarks>Everything random is drawn by key and ties go to the lower number, so the same rows in the same order give the same
/// clusters.</remarks>
internal static class SphericalKMeans
{
    private const int Iterations = 25;
    private const int Starts = 3;

    /// <summary>[clusters × stride] unit centres: the best of a few starts.</summary>
    public static AlignedMatrix Fit(AlignedMatrix rows, IReadOnlyList<int> used, int clusters, ulong key)
    {
        AlignedMatrix? best = null;
        var most = double.NegativeInfinity;
        for (var start = 0; start < Starts; start++)
        {
            var centres = Start(rows, used, clusters, key.Then((ulong)start));
            var fit = Improve(rows, used, centres);
            if (fit <= most)
            {
                centres.Dispose();
                continue;
            }

            best?.Dispose();
            (best, most) = (centres, fit);
        }

        return best!;
    }

    /// <summary>The centre with the largest cosine.</summary>
    public static int Nearest(AlignedMatrix centres, ReadOnlySpan<float> row, out float cosine)
    {
        var nearest = 0;
        cosine = float.NegativeInfinity;
        for (var c = 0; c < centres.Rows; c++)
        {
            var product = VectorKernels.Dot(centres.Row(c), row);
            if (product > cosine) (nearest, cosine) = (c, product);
        }

        return nearest;
    }

    private static AlignedMatrix Start(AlignedMatrix rows, IReadOnlyList<int> used, int clusters, ulong key)
    {
        var centres = new AlignedMatrix(clusters, rows.Columns);
        var distances = new double[used.Count];
        Array.Fill(distances, 1);
        for (var c = 0; c < clusters; c++)
        {
            var chosen = Draw(distances, key.Then((ulong)c).ToUnit());
            rows.Row(used[chosen]).CopyTo(centres.Row(c));
            for (var i = 0; i < distances.Length; i++)
            {
                var distance = Math.Max(0, 1 - (double)VectorKernels.Dot(centres.Row(c), rows.Row(used[i])));
                distances[i] = c == 0 ? distance : Math.Min(distances[i], distance);
            }
        }

        return centres;
    }

    private static int Draw(double[] weights, double unit)
    {
        var left = unit * weights.Sum();
        for (var i = 0; i < weights.Length; i++)
        {
            left -= weights[i];
            if (left < 0) return i;
        }

        return weights.Length - 1;
    }

    /// <summary>Moves the centres until no user changes clusters; returns the sum of cosines.</summary>
    private static double Improve(AlignedMatrix rows, IReadOnlyList<int> used, AlignedMatrix centres)
    {
        var side = new int[used.Count];
        Array.Fill(side, -1);
        var fit = 0.0;
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            var changed = false;
            fit = 0;
            for (var i = 0; i < used.Count; i++)
            {
                var nearest = Nearest(centres, rows.Row(used[i]), out var cosine);
                changed |= nearest != side[i];
                side[i] = nearest;
                fit += cosine;
            }

            if (!changed) break;
            Move(rows, used, centres, side);
        }

        return fit;
    }

    private static void Move(AlignedMatrix rows, IReadOnlyList<int> used, AlignedMatrix centres, int[] side)
    {
        var sums = new double[centres.Rows, centres.Columns];
        for (var i = 0; i < side.Length; i++)
        {
            var row = rows.Row(used[i]);
            for (var k = 0; k < row.Length; k++) sums[side[i], k] += row[k];
        }

        for (var c = 0; c < centres.Rows; c++)
        {
            var squared = 0.0;
            for (var k = 0; k < centres.Columns; k++) squared += sums[c, k] * sums[c, k];

            // A centre that lost all its users stays in place.
            if (squared < 1e-24) continue;
            var factor = 1 / Math.Sqrt(squared);
            for (var k = 0; k < centres.Columns; k++) centres.Row(c)[k] = (float)(sums[c, k] * factor);
        }
    }
}
