namespace Kindred.Reports.Charts;

/// <summary>A chart axis: maps values to places, with ticks at round numbers.</summary>
internal sealed class Axis
{
    private static readonly int[] LogarithmicDigits = [1, 2, 5];

    private readonly double _low;
    private readonly double _high;
    private readonly Func<double, double> _scale;

    private Axis(double low, double high, IReadOnlyList<double> ticks, Func<double, double> scale)
    {
        (_low, _high, Ticks, _scale) = (scale(low), scale(high), ticks, scale);
    }

    /// <summary>The tick values, ascending.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>Creates an axis from 0 to a round number at or above the largest value.</summary>
    public static Axis FromZero(double largest, int about = 5)
    {
        if (!(largest > 0) || !double.IsFinite(largest)) largest = 1;
        var step = NiceStep(largest / about);
        // A value that equals a tick up to rounding needs no further tick.
        var count = (int)Math.Ceiling((largest / step) - 1e-9);
        var ticks = Enumerable.Range(0, count + 1).Select(i => Math.Round(i * step, 12)).ToArray();
        return new Axis(0, ticks[^1], ticks, value => value);
    }

    /// <summary>Creates an axis between round numbers around the values, including zero.</summary>
    public static Axis Around(double smallest, double largest, int about = 6)
    {
        var step = NiceStep((largest - smallest) / about);
        int first = (int)Math.Floor((smallest / step) + 1e-9), last = (int)Math.Ceiling((largest / step) - 1e-9);
        var ticks = Enumerable.Range(first, last - first + 1).Select(i => Math.Round(i * step, 12)).ToArray();
        return new Axis(ticks[0], ticks[^1], ticks, value => value);
    }

    /// <summary>Creates a logarithmic axis with ticks at 1, 2 and 5 times powers of ten.</summary>
    public static Axis Logarithmic(double smallest, double largest)
    {
        if (!(smallest > 0)) throw new ArgumentOutOfRangeException(nameof(smallest), smallest, "A logarithmic axis starts above 0.");
        if (largest <= smallest) (smallest, largest) = (smallest / 2, smallest * 2);
        var ticks = new List<double>();
        for (var power = (int)Math.Floor(Math.Log10(smallest)); power <= Math.Ceiling(Math.Log10(largest)); power++)
        {
            ticks.AddRange(LogarithmicDigits.Select(digit => Math.Round(digit * Math.Pow(10, power), 12))
                .Where(tick => tick >= smallest * 0.999 && tick <= largest * 1.001));
        }

        // A narrow range may hold no such number; its ends serve instead.
        return new Axis(smallest, largest, ticks.Count < 2 ? [smallest, largest] : ticks, Math.Log10);
    }

    /// <summary>The same axis with ticks at the given values.</summary>
    public Axis WithTicks(IReadOnlyList<double> ticks) => new(Unscale(_low), Unscale(_high), ticks, _scale);

    /// <summary>Returns the place of a value: 0 at the start of the axis, 1 at its end.</summary>
    public double Place(double value) => (_scale(value) - _low) / (_high - _low);

    /// <summary>The ticks whose labels do not touch: all, or every second, third and so on, with 0 among them.</summary>
    /// <param name="format">The label of a tick.</param>
    /// <param name="length">The length of the axis in drawing units.</param>
    public IReadOnlyList<double> Labelled(Func<double, string> format, double length)
    {
        var start = Math.Max(0, Ticks.ToList().IndexOf(0));
        for (var step = 1; step < Ticks.Count; step++)
        {
            double[] some = [.. Ticks.Where((_, i) => (i - start) % step == 0)];
            if (some.Zip(some.Skip(1)).All(pair => Room(pair.First, pair.Second) > 4)) return some;
        }

        return [Ticks[start]];

        double Room(double one, double next) =>
            ((Place(next) - Place(one)) * length) - ((TextWidth.Of(format(one)) + TextWidth.Of(format(next))) / 2);
    }

    private double Unscale(double value) => _scale(10) == 1 ? Math.Pow(10, value) : value;

    private static double NiceStep(double rough)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var digit = rough / power;
        return power * (digit <= 1.0001 ? 1 : digit <= 2.0001 ? 2 : digit <= 5.0001 ? 5 : 10);
    }
}
