namespace Kindred.Worlds;

/// <summary>What one advertiser may spend in one arm: so much a day, let out evenly over it, an hour ahead.</summary>
internal struct PacedBudget(double daily)
{
    private const double Hour = 3_600_000;
    private const double Day = 24 * Hour;

    private double _today;

    /// <summary>Euros a day.</summary>
    public readonly double Daily => daily;

    /// <summary>Euros spent today.</summary>
    public readonly double Today => _today;

    public void NewDay() => _today = 0;

    /// <summary>Whether the advertiser takes part by now: what is let out is not spent yet, and the cost would not exceed the day's budget.</summary>
    /// <param name="cost">The most that will be paid.</param>
    /// <param name="time">Milliseconds of the day.</param>
    public readonly bool Allows(float cost, int time) => _today < daily * Math.Min(1, (time + Hour) / Day) && _today + cost <= daily;

    /// <summary>Pays a cost, of at most what was allowed.</summary>
    public void Pay(float cost) => _today += cost;
}
