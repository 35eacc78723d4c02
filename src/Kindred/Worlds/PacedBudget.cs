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

    /// <summary>Whether a bid could be paid by now.</summary>
    /// <param name="bid">The most that will be paid.</param>
    /// <param name="time">Milliseconds of the day.</param>
    public readonly bool Allows(float bid, int time) => _today + bid <= daily * Math.Min(1, (time + Hour) / Day);

    /// <summary>Pays a price, of at most the bid that was allowed.</summary>
    public void Pay(float price) => _today += price;
}
