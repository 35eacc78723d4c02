namespace Kindred.Experiments;

/// <summary>What was known at the end of one day of an experiment, from its start on.</summary>
/// <param name="Day">The day, in days since 1970-01-01, UTC.</param>
/// <param name="Units">[arms] units that were in the experiment by then.</param>
/// <param name="Metrics">[metrics][arms] moments of what they did up to then; those of a quantile are empty.</param>
/// <param name="OnDay">[metrics][arms] moments of what they did on this day alone, over the same units; those of a quantile are empty.</param>
public sealed record DayData(
    int Day, IReadOnlyList<long> Units, IReadOnlyList<IReadOnlyList<MetricMoments>> Metrics, IReadOnlyList<IReadOnlyList<MetricMoments>> OnDay);
