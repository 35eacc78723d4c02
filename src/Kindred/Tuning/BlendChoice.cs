using Kindred.Blends;
using Kindred.Scoring;
using Kindred.SeedModels;

namespace Kindred.Tuning;

/// <summary>Chooses blends by the sizes of lists, and measures their recall on lists that were not used for the choice.</summary>
internal sealed class BlendChoice(IReadOnlyList<ScoreSheet> sheets, IReadOnlyList<TuningVariant> methods, TuningOptions options)
{
    private const int Steps = 10;
    private const int StepsOfRange = 5;
    private const int Groups = 5;
    private const int ListsPerRange = 20;
    private const int MaxRanges = 3;
    private const double LeastShare = 0.05;

    private readonly GreedyBlend _greedy = new(options.Fractions, Steps, options.Threads);
    private readonly GreedyBlend _ofRange = new(options.Fractions, StepsOfRange, options.Threads);

    /// <summary>Chooses one blend for all lists. Chooses blends by size, or the best single method, if they are better by more than chance
    /// on lists that were not used for the choice.</summary>
    /// <remarks>
    /// Each group's fit is measured, and the sum of the fits is used. The sum is better than any single fit, so in doubt the blend is
    /// preferred. Fewer than <see cref="Groups"/> lists cannot distinguish blends: then the single method that is best on them is chosen.
    /// </remarks>
    /// <param name="allowed">[methods] true for methods that may be used.</param>
    /// <param name="examples">[methods] a scorer of each.</param>
    /// <param name="cancellation">Stops.</param>
    public TuningChoice Choose(IReadOnlyList<bool> allowed, IReadOnlyList<IStoredScorer> examples, CancellationToken cancellation)
    {
        var chosen = Single(sheets, allowed);
        if (sheets.Count < Groups) return Describe(Only(chosen), Only(chosen), examples) with { MeasuredApart = false };

        // The single method that the other groups choose is measured on each group; the one in use is chosen on all lists.
        var single = Try([0], (on, _) => [Counts(Single(on, allowed))]) with { Counts = [Counts(chosen)] };
        var blend = Try([0], (on, _) => [_greedy.Choose(on, allowed, null, cancellation).Counts]);
        var best = blend;
        var bounds = Bounds();
        if (bounds.Length > 1)
        {
            best = Better(Try(bounds, (on, group) => BySize(on, bounds, blend.Fits[group][0], allowed, cancellation)), blend);
        }
        return Describe(Better(single, best), single, examples);
    }

    /// <summary>Returns the first if it is ahead by more than a standard error, else the second.</summary>
    private static Plan Better(Plan first, Plan second)
    {
        var (gain, error) = Gain(first, second);
        return gain > error ? first : second;
    }

    private static (double Mean, double StandardError) Gain(Plan a, Plan b)
    {
        var gains = a.Recalls.Zip(b.Recalls, (x, y) => x - y).ToArray();
        var mean = gains.Average();
        return (mean, Math.Sqrt(gains.Sum(gain => (gain - mean) * (gain - mean)) / Math.Max(1, gains.Length - 1) / gains.Length));
    }

    /// <summary>Makes a choice of a single method.</summary>
    public TuningChoice Choose(int method, IReadOnlyList<IStoredScorer> examples) =>
        Describe(Only(method), Only(method), examples) with { MeasuredApart = sheets.Count >= Groups };

    /// <summary>[methods][lists] recall of every method on every list.</summary>
    public double[][] Recalls() =>
        [.. methods.Select((_, m) => sheets.Select(sheet => _greedy.Recall(sheet, Counts(m))).ToArray())];

    /// <summary>The starts of size ranges with equally many lists each.</summary>
    private int[] Bounds()
    {
        var ranges = Math.Clamp(sheets.Count / ListsPerRange, 1, MaxRanges);
        var sizes = sheets.Select(sheet => sheet.Seeds).Order().ToArray();
        // No range may be empty: many lists can have the same size.
        return [0, .. Enumerable.Range(1, ranges - 1).Select(range => sizes[range * sizes.Length / ranges]).Where(bound => bound > sizes[0])
            .Distinct()];
    }

    private TuningChoice Describe(Plan plan, Plan single, IReadOnlyList<IStoredScorer> examples)
    {
        return new TuningChoice(
            methods.Where((_, m) => plan.Counts.Any(range => range[m] > 0)).All(method => method.IsServable),
            plan.Counts.Max(range => Cost(range, examples)),
            [.. plan.Bounds.Select((_, range) => Describe(plan.Bounds, range, plan.Counts[range]))],
            plan.Recalls.Average(), single.Recalls.Average(), Gain(plan, single).StandardError);
    }

    private SizeBlend Describe(int[] bounds, int range, int[] counts)
    {
        var inside = sheets.Where(sheet => RangeOf(sheet.Seeds, bounds) == range).ToArray();
        var parts = methods.Select((method, m) => new BlendPart(method.Id, counts[m])).Where(part => part.Count > 0);
        return new SizeBlend(bounds[range], [.. parts], inside.Length, inside.Min(sheet => sheet.Seeds), inside.Max(sheet => sheet.Seeds),
            inside.Average(sheet => _greedy.Recall(sheet, counts)));
    }

    private static double Cost(int[] counts, IReadOnlyList<IStoredScorer> examples)
    {
        var parts = examples.Where((_, m) => counts[m] > 0).ToArray();
        return new BlendScorer(parts, [.. parts.Select(_ => 1f)], 0).CostPerPair;
    }

    /// <summary>Fits each range of sizes on its lists, starting from the blend of all lists.</summary>
    private int[][] BySize(IReadOnlyList<ScoreSheet> on, int[] bounds, int[] all, IReadOnlyList<bool> allowed,
        CancellationToken cancellation) =>
        [.. bounds.Select((_, range) =>
        {
            var own = on.Where(sheet => RangeOf(sheet.Seeds, bounds) == range).ToArray();
            return own.Length == 0 ? all : _ofRange.Choose(own, allowed, all, cancellation).Counts;
        })];

    private int Single(IReadOnlyList<ScoreSheet> on, IReadOnlyList<bool> allowed) =>
        Array.IndexOf(new GreedyBlend(options.Fractions, 1, options.Threads).Choose(on, allowed).Counts, 1);

    /// <summary>Tries one method for all lists: nothing is chosen, so its recall on all lists is unbiased.</summary>
    private Plan Only(int method) => new([0], [], [Counts(method)], [.. sheets.Select(sheet => _greedy.Recall(sheet, Counts(method)))]);

    /// <summary>Fits on all groups of lists except one, in turn. Each fit is tried on the group that it left out; the sum of the fits is
    /// used.</summary>
    /// <remarks>The sum of the fits depends less on single lists than one fit to all would (Caruana, Munson, Niculescu-Mizil
    /// 2006).</remarks>
    private Plan Try(int[] bounds, Func<IReadOnlyList<ScoreSheet>, int, int[][]> fit)
    {
        var recalls = new double[sheets.Count];
        var fits = new int[Groups][][];
        for (var group = 0; group < fits.Length; group++)
        {
            fits[group] = fit([.. sheets.Where((_, i) => i % Groups != group)], group);
            for (var i = group; i < sheets.Count; i += Groups)
            {
                recalls[i] = _greedy.Recall(sheets[i], fits[group][RangeOf(sheets[i].Seeds, bounds)]);
            }
        }

        var sums = bounds.Select((_, range) => Simplified([.. methods.Select((_, m) => fits.Sum(counts => counts[range][m]))])).ToArray();
        return new Plan(bounds, fits, sums, recalls);
    }

    /// <summary>Drops parts too small to matter, which would still have to be trained and explained, and reduces counts to the smallest
    /// whole numbers.</summary>
    private static int[] Simplified(int[] counts)
    {
        var least = LeastShare * counts.Sum();
        var kept = Array.ConvertAll(counts, count => count < least ? 0 : count);
        var common = kept.Aggregate(0, (a, b) =>
        {
            while (b != 0) (a, b) = (b, a % b);
            return a;
        });
        return Array.ConvertAll(kept, count => count / common);
    }

    private static int RangeOf(int seeds, int[] bounds)
    {
        var range = 0;
        while (range + 1 < bounds.Length && seeds >= bounds[range + 1]) range++;
        return range;
    }

    private int[] Counts(int method)
    {
        var counts = new int[methods.Count];
        counts[method] = 1;
        return counts;
    }

    /// <param name="Bounds">The starts of the ranges of sizes.</param>
    /// <param name="Fits">[groups][ranges][methods] weights fitted without each group of lists.</param>
    /// <param name="Counts">[ranges][methods] their sums, which are used.</param>
    /// <param name="Recalls">[lists] recall under the weights fitted without the list.</param>
    private sealed record Plan(int[] Bounds, int[][][] Fits, int[][] Counts, double[] Recalls);
}
