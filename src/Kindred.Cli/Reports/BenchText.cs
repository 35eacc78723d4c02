using System.Globalization;
using Kindred.Bench.Figures;
using Kindred.Cli.Terminal;

namespace Kindred.Cli.Reports;

/// <summary>Measured speed for people: a line a job.</summary>
internal static class BenchText
{
    public static void Write(TextWriter output, BenchResult result)
    {
        var machine = result.Description;
        Line(output, $"{machine.Processor}, {machine.Processors} processors, vectors of {machine.VectorBits} bits, {machine.Runtime}.");
        foreach (var figures in result.Machine)
        {
            Line(output, $"With {Threads(figures.Threads)} it can do {figures.FmaPeakGflops:N0} GFLOP/s and read {figures.ReadGigabytesPerSecond:N1} GB/s of memory.");
        }

        if (result.Throughput.Count > 0)
        {
            output.WriteLine();
            TextTable.Write(output, ["job", "threads", "a second", "GFLOP/s", "of the peak", "a run", "allocated"], result.Throughput.SelectMany(Rows));
        }

        if (result.Lookups.Count > 0)
        {
            output.WriteLine();
            TextTable.Write(output, ["look-up", "one user", "GB/s", "of memory's", "of the cache's", "from cold", "of memory's"], result.Lookups.Select(Row));
        }

        output.WriteLine();
        foreach (var job in result.Throughput) Line(output, $"{job.Name}: {job.Description}{Notes(job)}.");
        foreach (var job in result.Lookups) Line(output, $"{job.Name}: {job.Description}, {Megabytes(job.Bytes)} of weights.");
        Line(output, $"Peak memory {Megabytes(result.PeakMemoryBytes)}. Medians of {result.Options.Size.Rounds} rounds; each job's peak is measured right before and after it.");
        if (result.Throughput.Any(job => job.All?.ProcessorShare < 0.8 || job.One.ProcessorShare < 0.8))
        {
            output.WriteLine("Other programs took part of the machine meanwhile: shares of the peak are to be believed more than seconds, one thread more than several.");
        }
    }

    private static IEnumerable<string[]> Rows(ThroughputFigures job)
    {
        yield return Row(job.Name, job.Unit, job.One);
        if (job.All is not null) yield return Row("", job.Unit, job.All);
    }

    private static string[] Row(string name, string unit, RateFigures rate) =>
    [
        name, TextTable.Count(rate.Threads), $"{Short(rate.PerSecond)} {unit}", Fixed(rate.Gflops, 1), $"{Fixed(rate.PercentOfFmaPeak, 1)}%",
        $"{Fixed(rate.Seconds * 1e3, 1)} ms", Megabytes(rate.BytesAllocated),
    ];

    private static string[] Row(LookupFigures job) =>
    [
        job.Name, $"{Fixed(job.Microseconds, 1)} µs", Fixed(job.GigabytesPerSecond, 1), $"{Fixed(job.PercentOfBandwidth, 0)}%", $"{Fixed(job.PercentOfCacheBandwidth, 0)}%",
        $"{Fixed(job.ColdMicroseconds, 1)} µs", $"{Fixed(job.ColdPercentOfBandwidth, 0)}%",
    ];

    private static string Notes(ThroughputFigures job)
    {
        var notes = job.SelectPercent is { } select ? $"; {Fixed(select, 1)}% of the time is reading and selecting" : "";
        return job.Gain is null ? notes : notes + $"; {Threads(job.All!.Threads)} are {Fixed(job.Gain.Value, 2)} times as fast as one, the peak {Fixed(job.PeakGain!.Value, 2)} times";
    }

    private static string Threads(int count) => count == 1 ? "1 thread" : $"{count.ToString(CultureInfo.InvariantCulture)} threads";

    private static string Short(double value) => value switch
    {
        >= 1e6 => $"{Fixed(value / 1e6, value >= 1e7 ? 1 : 2)} M",
        >= 1e3 => $"{Fixed(value / 1e3, 1)} k",
        _ => Fixed(value, 1),
    };

    private static string Megabytes(long bytes) => $"{Fixed(bytes / 1e6, bytes < 10_000_000 ? 2 : 0)} MB";

    private static string Fixed(double value, int digits) => Figure.Fixed(value, digits);

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
