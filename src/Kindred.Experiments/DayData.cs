namespace Kindred.Experiments;

/// <summary>The data of an experiment up to the end of one day.</summary>
/// <param name="Day">The day, in days since 1970-01-01, UTC.</param>
/// <param name="Units">[arms] units in the experiment by then.</param>
/// <param name="Metrics">[metrics][arms] moments up to then; empty for a quantile.</param>
/// <param name="OnDay">[metrics][arms] moments of this day alone, over the same units; empty for a quantile.</param>
public sealed record DayData(
    int Day, IReadOnlyList<long> Units, IReadOnlyList<IReadOnlyList<MetricMoments>> Metrics,
    IReadOnlyList<IReadOnlyList<MetricMoments>> OnDay);
