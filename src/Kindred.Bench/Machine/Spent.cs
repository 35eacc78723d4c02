using System.Diagnostics;

namespace Kindred.Bench.Machine;

/// <summary>What a piece of work took.</summary>
/// <param name="Wall">Seconds by the clock.</param>
/// <param name="Processor">Seconds of processor time, of all threads of this process.</param>
/// <param name="Allocated">Bytes allocated on the garbage-collected heap.</param>
internal readonly record struct Spent(double Wall, double Processor, long Allocated)
{
    /// <summary>Runs a piece of work.</summary>
    public static Spent On(Action work)
    {
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var processor = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.GetTimestamp();
        work();
        var wall = Stopwatch.GetElapsedTime(clock).TotalSeconds;
        processor = Environment.CpuUsage.TotalTime - processor;
        return new Spent(wall, processor.TotalSeconds, GC.GetTotalAllocatedBytes(precise: true) - allocated);
    }

    /// <summary>The seconds that count for work on some threads.</summary>
    /// <remarks>
    /// On one thread processor time, so that other programs on the machine do not count. On several the clock: processor time
    /// does not see a thread that waits for another.
    /// </remarks>
    public double Seconds(int threads) => threads == 1 && Processor > 0 ? Processor : Math.Max(Wall, 1e-9);
}
