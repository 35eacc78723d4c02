namespace Kindred.Bench.Settings;

/// <summary>The amount of measurement.</summary>
/// <param name="Users">Users scored with 256 linear models of dimension 128; the other jobs use the number that takes about as
/// long.</param>
/// <param name="TrainingRows">Users that networks are trained on.</param>
/// <param name="Rounds">Number of measurements of each job; medians are reported.</param>
/// <param name="WarmUpSeconds">Seconds that each job runs before it is measured.</param>
/// <param name="PeakSeconds">Seconds of each measurement of the peak, before and after each job.</param>
/// <param name="MemoryBytes">Bytes that are read to measure memory: several times the last-level cache.</param>
public sealed record BenchSize(int Users, int TrainingRows, int Rounds, double WarmUpSeconds, double PeakSeconds, long MemoryBytes)
{
    /// <summary>A full measurement, of one or two minutes.</summary>
    public static BenchSize Full { get; } = new(200_000, 65_536, 15, 1, 0.02, 256L << 20);

    /// <summary>A quick measurement of a few seconds: it shows large errors, but not differences of a few percent.</summary>
    public static BenchSize Quick { get; } = new(50_000, 65_536, 5, 0.4, 0.01, 128L << 20);
}
