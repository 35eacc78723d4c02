using System.Diagnostics;
using System.Globalization;

namespace Kindred.Benchmarks.ExperimentLogs;

/// <summary>One side's elapsed time, processor time, peak memory and sums.</summary>
internal sealed record ExperimentLogResult(double Seconds, double ProcessorSeconds, long PeakBytes, IReadOnlyList<double> Sums)
{
    /// <summary>Times work that returns sums. Earlier work of the process counts towards peak memory only.</summary>
    public static ExperimentLogResult Of(Func<IReadOnlyList<double>> work)
    {
        var (clock, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var sums = work();
        return new ExperimentLogResult(clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds, Peak(), sums);
    }

    /// <summary>This process's peak memory, in bytes; 0 if the system does not report it.</summary>
    private static long Peak()
    {
        const string status = "/proc/self/status";
        if (!File.Exists(status)) return 0;
        var line = File.ReadLines(status).First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) << 10;
    }

    public static ExperimentLogResult Parse(string text)
    {
        var numbers = text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToList();
        return new ExperimentLogResult(numbers[0], numbers[1], (long)numbers[2], numbers[3..]);
    }

    public string ToText() => string.Join(' ', Sums.Prepend(PeakBytes).Prepend(ProcessorSeconds).Prepend(Seconds)
        .Select(number => number.ToString("R", CultureInfo.InvariantCulture)));

    public string Describe(long rows) => string.Create(CultureInfo.InvariantCulture,
        $"{Seconds:F1} s ({ProcessorSeconds:F1} s of processor time, {rows / Seconds / 1e6:F1} M rows/s, peak {PeakBytes >> 20:N0} MiB)");

    /// <summary>The largest relative difference between corresponding sums.</summary>
    public double Distance(ExperimentLogResult other) =>
        Sums.Count != other.Sums.Count
            ? double.PositiveInfinity
            : Sums.Zip(other.Sums, (one, two) => one == two ? 0 : Math.Abs(one - two) / Math.Abs(two)).Max();
}
