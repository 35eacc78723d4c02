namespace Kindred.Experiments;

/// <summary>The usual metrics of online ad tests: the seven of the act-alike post's Figure 7, and eCPM.</summary>
/// <remarks>
/// Events are <c>impression</c>, <c>click</c>, <c>good_click</c> and <c>hide</c>; the <c>value</c> of an impression is what the advertiser
/// pays for it, by impression or by outcome, in any one currency.
/// </remarks>
public static class AdMetrics
{
    private static readonly Quantity _impressions = new() { Name = "impression" };
    private static readonly Quantity _clicks = new() { Name = "click" };
    private static readonly Quantity _revenue = new() { Name = "impression.value", Event = "impression", Column = "value" };

    /// <summary>All of them, each as a secondary metric.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        new() { Name = "users_with_impressions", Kind = MetricKind.Share, Numerator = _impressions },
        new() { Name = "users_with_revenue", Kind = MetricKind.Share, Numerator = _revenue },
        new() { Name = "impressions", Kind = MetricKind.Mean, Numerator = _impressions },
        new() { Name = "revenue", Kind = MetricKind.Mean, Numerator = _revenue },
        new() { Name = "ctr", Kind = MetricKind.Ratio, Numerator = _clicks, Denominator = _impressions },
        new() { Name = "hide_rate", Kind = MetricKind.Ratio, Numerator = new Quantity { Name = "hide" }, Denominator = _impressions,
            Better = MetricDirection.Lower },
        new() { Name = "good_click_ratio", Kind = MetricKind.Ratio, Numerator = new Quantity { Name = "good_click" },
            Denominator = _clicks },
        new() { Name = "ecpm", Kind = MetricKind.Ratio, Numerator = _revenue, Denominator = _impressions, Scale = 1000 },
    ];

    /// <summary>Finds a metric by name; null if there is none.</summary>
    public static Metric? Find(string name) => All.FirstOrDefault(metric => metric.Name == name);
}
