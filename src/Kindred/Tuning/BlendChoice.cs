using Kindred.Scoring;
using Kindred.SeedModels.Blended;

namespace Kindred.Tuning;

/// <summary>Chooses blends by the lists' sizes, and measures on lists that had no part in the choice what that is worth.</summary>
internal sealed class BlendChoice(IReadOnlyList<ScoreSheet> sheets, IReadOnlyList<BaseMethod> methods, TuningOptions options)
{
    private const int Steps = 10;
    private const int StepsOfRange = 5;
    private const int Groups = 5;
    private const int ListsPerRange = 20;
    private const int MaxRanges = 3;

    private readonly GreedyBlend _greedy = new(options.Fractions, Steps, options.Threads);
    private readonly GreedyBlend _ofRange = new(options.Fractions, StepsOfRange, options.Threads);

    /// <summary>Chooses.</summary>
    /// <param name="allowed">[methods] which may be used.</param>
    /// <param name="examples">[methods] a scorer of each.</param>
    /// <param name="cancellation">Stops.</param>
    public TuningChoice Choose(IReadOnlyList<bool> allowed, IReadOnlyList<IStoredScorer> examples, CancellationToken cancellation)
    {
        var bounds = Bounds();
        var blended = CrossValidated(others => Fit(others, [0], allowed, cancellation), [0]);
        if (bounds.Length > 1)
        {
            var bySize = CrossValidated(others => Fit(others, bounds, allowed, cancellation), bounds);
            if (bySize.Average() > blended.Average()) blended = bySize;
            else bounds = [0];
        }

        var single = CrossValidated(others => [Single(others, allowed)], [0]);
        var counts = Fit(sheets, bounds, allowed, cancellation);
        var gains = blended.Zip(single, (a, b) => a - b).ToArray();
        var mean = gains.Average();
        return new TuningChoice(
            methods.Where((_, m) => counts.Any(range => range[m] > 0)).All(method => method.IsServable),
            counts.Max(range => Cost(range, examples)), [.. bounds.Select((_, range) => Describe(bounds, range, counts[range]))],
            blended.Average(), single.Average(),
            Math.Sqrt(gains.Sum(gain => (gain - mean) * (gain - mean)) / Math.Max(1, gains.Length - 1) / gains.Length));
    }

    /// <summary>[methods][lists] recall of every method on every list.</summary>
    public double[][] Recalls() =>
        [.. methods.Select((_, m) => sheets.Select(sheet => _greedy.Recall(sheet, Only(m))).ToArray())];

    /// <summary>Where ranges of sizes begin: as many lists in each.</summary>
    private int[] Bounds()
    {
        var ranges = Math.Clamp(sheets.Count / ListsPerRange, 1, MaxRanges);
        var sizes = sheets.Select(sheet => sheet.Seeds).Order().ToArray();
        return [.. Enumerable.Range(0, ranges).Select(range => range == 0 ? 0 : sizes[range * sizes.Length / ranges]).Distinct()];
    }

    private SizeBlend Describe(int[] bounds, int range, int[] counts)
    {
        var inside = sheets.Where(sheet => RangeOf(sheet.Seeds, bounds) == range).ToArray();
        var parts = methods.Select((method, m) => new BlendPart(method.Id, counts[m])).Where(part => part.Count > 0);
        return new SizeBlend(bounds[range], [.. parts], inside.Length, inside.Average(sheet => _greedy.Recall(sheet, counts)));
    }

    private static double Cost(int[] counts, IReadOnlyList<IStoredScorer> examples)
    {
        var parts = examples.Where((_, m) => counts[m] > 0).ToArray();
        return new BlendScorer(parts, [.. parts.Select(_ => 1f)], 0).CostPerPair;
    }

    /// <summary>One blend for all lists; where there are ranges of sizes, each begins with that and goes on with its own lists.</summary>
    private int[][] Fit(IReadOnlyList<ScoreSheet> on, int[] bounds, IReadOnlyList<bool> allowed, CancellationToken cancellation)
    {
        var all = _greedy.Choose(on, allowed, null, cancellation).Counts;
        if (bounds.Length == 1) return [all];
        return [.. bounds.Select((_, range) =>
        {
            var own = on.Where(sheet => RangeOf(sheet.Seeds, bounds) == range).ToArray();
            return own.Length == 0 ? all : _ofRange.Choose(own, allowed, all, cancellation).Counts;
        })];
    }

    private int[] Single(IReadOnlyList<ScoreSheet> on, IReadOnlyList<bool> allowed) =>
        new GreedyBlend(options.Fractions, 1, options.Threads).Choose(on, allowed).Counts;

    private double[] CrossValidated(Func<IReadOnlyList<ScoreSheet>, int[][]> fit, int[] bounds)
    {
        var recalls = new double[sheets.Count];
        for (var group = 0; group < Groups; group++)
        {
            var others = sheets.Where((_, i) => i % Groups != group).ToArray();
            if (others.Length == 0 || others.Length == sheets.Count) continue;
            var counts = fit(others);
            for (var i = group; i < sheets.Count; i += Groups)
            {
                recalls[i] = _greedy.Recall(sheets[i], counts[RangeOf(sheets[i].Seeds, bounds)]);
            }
        }

        return recalls;
    }

    private static int RangeOf(int seeds, int[] bounds)
    {
        var range = 0;
        while (range + 1 < bounds.Length && seeds >= bounds[range + 1]) range++;
        return range;
    }

    private int[] Only(int method)
    {
        var counts = new int[methods.Count];
        counts[method] = 1;
        return counts;
    }
}
