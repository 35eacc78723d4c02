using Kindred.Numerics;

namespace Kindred.Bench.Machine;

/// <summary>The peak of this machine in floating-point operations per second, against which every job is measured.</summary>
internal sealed class FmaPeak
{
    private readonly double _seconds;
    private readonly bool _twentyFour;
    private readonly double _stepsPerSecond;

    /// <summary>Finds the number of chains that is fastest here, and the number of steps that fills the time of one measurement.</summary>
    /// <param name="seconds">Duration of one measurement.</param>
    public FmaPeak(double seconds)
    {
        _seconds = seconds;
        const long Steps = 200_000;
        Run(twentyFour: false, 1000);
        Run(twentyFour: true, 1000);
        double twelve = double.MaxValue, twentyFour = double.MaxValue;
        for (var repeat = 0; repeat < 3; repeat++)
        {
            twelve = Math.Min(twelve, Spent.On(() => Run(twentyFour: false, Steps * 2)).Seconds(1));
            twentyFour = Math.Min(twentyFour, Spent.On(() => Run(twentyFour: true, Steps)).Seconds(1));
        }

        _twentyFour = twentyFour < twelve;
        _stepsPerSecond = _twentyFour ? Steps / twentyFour : Steps * 2 / twelve;
    }

    /// <summary>Measures the peak.</summary>
    /// <param name="threads">Number of concurrent threads.</param>
    /// <returns>The operations of all threads together, and their time.</returns>
    public PeakSample Measure(int threads)
    {
        var steps = (long)Math.Max(1, _stepsPerSecond * _seconds);
        var spent = Spent.On(() => Workers.Run(threads, threads, (_, _) => Run(_twentyFour, steps)));
        return new PeakSample(FlopsPerStep * steps * threads, spent);
    }

    // One operation for the product and one for the sum.
    private double FlopsPerStep => 2.0 * Width * (_twentyFour ? FmaChains.TwentyFourChains : FmaChains.TwelveChains);

    private static int Width => SimdWidth.Count;

    private static float Run(bool twentyFour, long steps)
    {
        if (SimdWidth.Is512) return Run<Simd512>(twentyFour, steps);
        return SimdWidth.Is256 ? Run<Simd256>(twentyFour, steps) : Run<Simd128>(twentyFour, steps);
    }

    private static float Run<TSimd>(bool twentyFour, long steps)
        where TSimd : unmanaged, ISimd<TSimd> =>
        twentyFour ? FmaChains.TwentyFour<TSimd>(steps) : FmaChains.Twelve<TSimd>(steps);
}

/// <summary>One measurement of the peak.</summary>
/// <param name="Flops">Floating-point operations of all threads.</param>
/// <param name="Spent">The time they took.</param>
internal readonly record struct PeakSample(double Flops, Spent Spent)
{
    /// <summary>Operations per second of all threads together.</summary>
    public double Rate(int threads) => Flops / Spent.Seconds(threads);

    /// <summary>Operations per second of processor time.</summary>
    public double ProcessorRate => Flops / Math.Max(Spent.Processor, 1e-9);
}
