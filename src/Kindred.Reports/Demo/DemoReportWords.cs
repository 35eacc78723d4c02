namespace Kindred.Reports.Demo;

/// <summary>The sentences of the demo's report that depend on its figures.</summary>
internal static class DemoReportWords
{
    /// <summary>The headline: the results with their uncertainty.</summary>
    public static string Headline(DemoReportModel model, Estimate captured)
    {
        var best = model.Methods[0];
        var lists = Figure.SeedLists(model.Lists.Count);
        var against = Figure.Enumerated([.. model.Methods.Skip(1).Select(baseline =>
            $"{Times(best, baseline)} times as many as by {baseline.Description} ({Figure.PercentWithError(baseline.AverageRecall)})")]);
        return $"From {lists} over {Figure.Count(model.World.Users)} users, {best.Name} found " +
            $"{Figure.PercentWithError(best.AverageRecall)} of the hidden customers, "
            + $"on average over audiences of {Figure.Enumerated([.. model.Shares.Select(Figure.ShortPercent)])} of the " +
                $"population{(against.Length == 0 ? "" : ": " + against)}. "
            + $"Its audiences of {Figure.ShortPercent(model.AudienceShare)} of the active users captured " +
                $"{Figure.PercentWithError(captured)} "
            + "of what a perfect model could gain in true affinity over a random audience.";
    }

    /// <summary>The ratio of two methods' average recall.</summary>
    public static string Times(DemoMethod best, DemoMethod baseline)
    {
        var times = best.AverageRecall.Mean / baseline.AverageRecall.Mean;
        return double.IsFinite(times) ? Figure.Fixed(times, 1) : Figure.None;
    }

    /// <summary>Describes the differences between the methods.</summary>
    public static string Uncertainty(DemoReportModel model)
    {
        if (model.Lists.Count < 2) return "A single seed list gives no standard error.";
        var differences = model.Methods.Where(method => method.ModelAhead is not null)
            .Select(method => $"{method.Name} by {Figure.WithError(method.ModelAhead!.Value)}").ToArray();
        return differences.Length == 0 ? "± is one standard error over seed lists."
            : $"± is one standard error over seed lists. Paired by list, {model.Methods[0].Name} is ahead of " +
                $"{Figure.Enumerated(differences)} in average recall.";
    }

    /// <summary>Picks up to a number of elements, evenly spread, including both ends.</summary>
    public static IReadOnlyList<T> Spread<T>(IReadOnlyList<T> all, int most) => all.Count <= most
        ? all
        : [.. Enumerable.Range(0, most).Select(i => all[(int)((long)i * (all.Count - 1) / (most - 1))])];
}
