using System.Diagnostics;

namespace Kindred.Bench.Machine;

/// <summary>The time and allocations of a piece of work.</summary>
/// <param name="Wall">Seconds of wall-clock time.</param>
/// <param name="Processor">Seconds of processor time of all threads of this process.</param>
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

    /// <summary>The relevant seconds of work on a number of threads.</summary>
    /// <remarks>
    /// On one thread it is processor time, which excludes other programs on the machine. On several threads it is wall-clock time, because
    /// processor time excludes a thread that waits for another.
    /// </remarks>
    public double Seconds(int threads) => threads == 1 && Processor > 0 ? Processor : Math.Max(Wall, 1e-9);
}
