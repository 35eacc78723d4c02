namespace Kindred.Tuning;

/// <summary>Chooses the weights of a blend by greedy selection with replacement.</summary>
/// <remarks>
/// Each step adds the method that lifts the mean recall of the lists most; methods may be added again, so that their counts become
/// weights; the best prefix is kept (Caruana, Niculescu-Mizil, Crew, Ksikes 2004).
/// </remarks>
internal sealed class GreedyBlend(IReadOnlyList<double> fractions, int steps, int threads)
{
    /// <summary>The counts of each method, and the mean recall that they give on these lists.</summary>
    /// <param name="sheets">Lists.</param>
    /// <param name="importance">[lists] how much each counts.</param>
    /// <param name="allowed">[methods] which may be used.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public (int[] Counts, double Recall) Choose(
        IReadOnlyList<ScoreSheet> sheets, IReadOnlyList<double> importance, IReadOnlyList<bool> allowed, CancellationToken cancellation = default)
    {
        var methods = allowed.Count;
        var sums = sheets.Select(sheet => new float[sheet.Scores[0].Length]).ToArray();
        var counts = new int[methods];
        var (best, bestRecall) = (new int[methods], double.NegativeInfinity);
        for (var step = 0; step < steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            var recalls = Recalls(sheets, importance, allowed, sums);
            // Of equal ones the first, so that the order of the methods decides and not chance.
            var chosen = Enumerable.Range(0, methods).Where(method => allowed[method]).MaxBy(method => recalls[method]);
            counts[chosen]++;
            for (var i = 0; i < sheets.Count; i++) Add(sums[i], sheets[i].Scores[chosen]);
            if (recalls[chosen] > bestRecall) (best, bestRecall) = ((int[])counts.Clone(), recalls[chosen]);
        }

        return (best, bestRecall);
    }

    /// <summary>The recall of one list under a blend.</summary>
    public double Recall(ScoreSheet sheet, IReadOnlyList<int> counts)
    {
        var sum = new float[sheet.Scores[0].Length];
        for (var method = 0; method < counts.Count; method++)
        {
            for (var times = 0; times < counts[method]; times++) Add(sum, sheet.Scores[method]);
        }

        return sheet.AverageRecall(sum, fractions, new float[sum.Length]);
    }

    private double[] Recalls(IReadOnlyList<ScoreSheet> sheets, IReadOnlyList<double> importance, IReadOnlyList<bool> allowed, float[][] sums)
    {
        var recalls = new double[sheets.Count][];
        Numerics.Workers.Run(threads, sheets.Count, (i, _) =>
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

        var total = importance.Sum();
        return [.. Enumerable.Range(0, allowed.Count).Select(method => recalls.Select((list, i) => importance[i] * list[method]).Sum() / total)];
    }

    private static void Add(float[] sum, float[] scores)
    {
        for (var i = 0; i < sum.Length; i++) sum[i] += scores[i];
    }
}
