namespace Kindred.Worlds.Delivery;

/// <summary>What one advertiser may spend in one arm: so much a day, let out evenly over it, an hour ahead.</summary>
internal struct PacedBudget(double daily)
{
    private const double Hour = 3_600_000;
    private const double Day = 24 * Hour;

    private double _today;

    /// <summary>Euros a day.</summary>
    public readonly double Daily => daily;

    public void NewDay() => _today = 0;

    /// <summary>Whether the advertiser takes part: something of what is let out by now is not spent yet.</summary>
    /// <param name="time">Milliseconds of the day.</param>
    public readonly bool IsLeft(int time) => _today < daily * Math.Min(1, (time + Hour) / Day);

    /// <summary>Pays a cost, or what is left of the day's budget if that is less: no more is charged.</summary>
    /// <returns>What was paid.</returns>
    public float Pay(float cost)
    {
        var left = daily - _today;
        if (cost > left) cost = Math.Max(0, MathF.BitDecrement((float)left));
        _today += cost;
        return cost;
    }
}
