using System.Globalization;
using Kindred.Bench.Figures;
using Kindred.Cli.Terminal;
using Kindred.Reports;

namespace Kindred.Cli.Texts;

/// <summary>Measured speed for people: a line a job.</summary>
internal static class BenchText
{
    // Below this, something else had the machine often enough to matter.
    private const double MostOfTheProcessor = 0.8;

    public static void Write(TextWriter output, BenchResult result)
    {
        var machine = result.Description;
        var busy = result.Throughput.Any(job => IsLow(job.One) || (job.All is { } all && IsLow(all)));
        Line(output, $"{machine.Processor}, {machine.Processors} processors, vectors of {machine.VectorBits} bits, {machine.Runtime}.");
        foreach (var figures in result.Machine)
        {
            // Beside other programs it is not what the machine can do, but what they left.
            Line(output, $"With {Threads(figures.Threads)} it {(busy ? "could" : "can")} do {figures.FmaPeakGflops:N0} GFLOP/s and read {figures.ReadGigabytesPerSecond:N1} GB/s of memory{(busy ? " just now" : "")}.");
        }

        if (result.Throughput.Count > 0) WriteThroughput(output, result.Throughput, busy);
        if (result.Lookups.Count > 0) WriteLookups(output, result.Lookups);
        output.WriteLine();
        foreach (var job in result.Throughput) Line(output, $"{job.Name}: {job.Description}{Notes(job)}.");
        foreach (var job in result.Lookups) Line(output, $"{job.Name}: {job.Description}, {Megabytes(job.Bytes)} of weights.");
        var rounds = result.Options.Size.Rounds;
        Line(output, $"Peak memory {Megabytes(result.PeakMemoryBytes)}. {(rounds == 1 ? "One round" : $"Medians of {rounds} rounds")}; each job's peak is measured right before and after it.");
        if (busy)
        {
            output.WriteLine("Other programs took part of the machine meanwhile: shares of the peak are to be believed more than seconds, one thread more than several.");
        }

        output.WriteLine("How this is measured, and how fast others are: docs/performance.md.");
    }

    private static void WriteThroughput(TextWriter output, IReadOnlyList<ThroughputFigures> jobs, bool busy)
    {
        string[] columns = ["job", "threads", "a second", "GFLOP/s", "of the peak", "a run", "allocated"];
        output.WriteLine();
        TextTable.Write(output, busy ? [.. columns, "processor"] : columns, jobs.SelectMany(job => Rows(job, busy)));
        output.WriteLine();
        output.WriteLine("  of the peak  the peak: as many threads that do nothing but fused multiply-adds of the widest vectors");
        output.WriteLine("  allocated    by one run, on the garbage-collected heap");
        if (busy) output.WriteLine("  processor    how much of its threads' time the job had one; other programs, or waiting, took the rest");
    }

    private static void WriteLookups(TextWriter output, IReadOnlyList<LookupFigures> jobs)
    {
        output.WriteLine();
        TextTable.Write(output, ["look-up", "one user", "GB/s", "of memory's", "of the cache's", "from cold", "of memory's"], jobs.Select(Row));
        output.WriteLine();
        output.WriteLine("  GB/s            at which the models' weights are read, each once a user");
        output.WriteLine("  of memory's     that, of the rate at which memory can be read; above 100% where a cache holds the models");
        output.WriteLine("  of the cache's  that, of the rate at which as many bytes can be read over and over");
        output.WriteLine("  from cold       one look-up after something else had the caches, and its share of memory's rate");
    }

    private static bool IsLow(RateFigures rate) => rate.ProcessorShare < MostOfTheProcessor;

    private static IEnumerable<string[]> Rows(ThroughputFigures job, bool busy)
    {
        yield return Row(job.Name, job.Unit, job.One, busy);
        if (job.All is not null) yield return Row("", job.Unit, job.All, busy);
    }

    private static string[] Row(string name, string unit, RateFigures rate, bool busy) =>
    [
        name, TextTable.Count(rate.Threads), $"{Short(rate.PerSecond)} {unit}", Fixed(rate.Gflops, 1), $"{Fixed(rate.PercentOfFmaPeak, 1)}%",
        $"{Fixed(rate.Seconds * 1e3, 1)} ms", Megabytes(rate.BytesAllocated),
        .. busy ? [$"{Fixed(100 * rate.ProcessorShare, 0)}%"] : Array.Empty<string>(),
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
