namespace Kindred.Worlds.Delivery;

/// <summary>One advertiser's daily budget in one arm, released evenly over the day, an hour ahead.</summary>
internal struct PacedBudget(double daily)
{
    private const double Hour = 3_600_000;
    private const double Day = 24 * Hour;

    private double _today;

    /// <summary>Euros per day.</summary>
    public readonly double Daily => daily;

    public void NewDay() => _today = 0;

    /// <summary>Tells whether the advertiser can bid: some of the budget released so far is left.</summary>
    /// <param name="time">Milliseconds of the day.</param>
    public readonly bool IsLeft(int time) => _today < daily * Math.Min(1, (time + Hour) / Day);

    /// <summary>Charges a cost, or the rest of the day's budget if that is less.</summary>
    /// <returns>The amount charged.</returns>
    public float Pay(float cost)
    {
        var left = daily - _today;
        if (cost > left) cost = Math.Max(0, MathF.BitDecrement((float)left));
        _today += cost;
        return cost;
    }
}
