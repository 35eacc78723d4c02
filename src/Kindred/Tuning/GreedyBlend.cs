using System.Numerics;
using Kindred.Numerics;

namespace Kindred.Tuning;

/// <summary>Chooses the weights of a blend by greedy selection with replacement.</summary>
/// <remarks>
/// Each step adds the method that raises the mean recall of the lists most. Methods may be added again, so that their counts become
/// weights. The best prefix is kept (Caruana, Niculescu-Mizil, Crew, Ksikes 2004).
/// </remarks>
internal sealed class GreedyBlend(IReadOnlyList<double> fractions, int steps, int threads)
{
    /// <summary>Finds the count of each method, and their mean recall on these lists.</summary>
    /// <param name="sheets">Lists.</param>
    /// <param name="allowed">[methods] true for methods that may be used.</param>
    /// <param name="start">[methods] counts to start from, known from other lists; null for none.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public (int[] Counts, double Recall) Choose(
        IReadOnlyList<ScoreSheet> sheets, IReadOnlyList<bool> allowed, IReadOnlyList<int>? start = null,
        CancellationToken cancellation = default)
    {
        var counts = start?.ToArray() ?? new int[allowed.Count];
        var sums = sheets.Select(sheet => Sum(sheet, counts)).ToArray();
        var best = (int[])counts.Clone();
        var bestRecall = start is null ? double.NegativeInfinity : sheets.Average(sheet => Recall(sheet, counts));
        for (var step = 0; step < steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            var recalls = Recalls(sheets, allowed, sums);
            // The first of equally good ones, so that the order of the methods decides and not chance.
            var chosen = Enumerable.Range(0, allowed.Count).Where(method => allowed[method]).MaxBy(method => recalls[method]);
            counts[chosen]++;
            for (var i = 0; i < sheets.Count; i++) Add(sums[i], sheets[i].Scores[chosen]);
            if (recalls[chosen] > bestRecall) (best, bestRecall) = ((int[])counts.Clone(), recalls[chosen]);
        }

        return (best, bestRecall);
    }

    /// <summary>The recall of one list under a blend.</summary>
    public double Recall(ScoreSheet sheet, IReadOnlyList<int> counts)
    {
        var sum = Sum(sheet, counts);
        return sheet.AverageRecall(sum, fractions, new float[sum.Length]);
    }

    private double[] Recalls(IReadOnlyList<ScoreSheet> sheets, IReadOnlyList<bool> allowed, float[][] sums)
    {
        var recalls = new double[sheets.Count][];
        Workers.Run(threads, sheets.Count, (i, _) =>
        {
            var candidate = new float[sums[i].Length];
            var scratch = new float[sums[i].Length];
            recalls[i] = new double[allowed.Count];
            for (var method = 0; method < allowed.Count; method++)
            {
                if (!allowed[method]) continue;
                sums[i].CopyTo(candidate, 0);
                Add(candidate, sheets[i].Scores[method]);
                recalls[i][method] = sheets[i].AverageRecall(candidate, fractions, scratch);
            }
        });
        return [.. Enumerable.Range(0, allowed.Count).Select(method => recalls.Average(list => list[method]))];
    }

    private static float[] Sum(ScoreSheet sheet, IReadOnlyList<int> counts)
    {
        var sum = new float[sheet.Scores[0].Length];
        for (var method = 0; method < counts.Count; method++)
        {
            for (var times = 0; times < counts[method]; times++) Add(sum, sheet.Scores[method]);
        }

        return sum;
    }

    private static void Add(float[] sum, float[] scores)
    {
        var vectors = sum.Length / Vector<float>.Count * Vector<float>.Count;
        for (var i = 0; i < vectors; i += Vector<float>.Count) (new Vector<float>(sum, i) + new Vector<float>(scores, i)).CopyTo(sum, i);
        for (var i = vectors; i < sum.Length; i++) sum[i] += scores[i];
    }
}
