using System.Globalization;
using Kindred.Bench.Figures;
using Kindred.Cli.Terminal;
using Kindred.Reports;

namespace Kindred.Cli.Texts;

/// <summary>Benchmark results as text, with one line per job.</summary>
internal static class BenchText
{
    // Below this share, other programs used enough of the machine to matter.
    private const double MostOfTheProcessor = 0.8;

    public static void Write(TextWriter output, BenchResult result)
    {
        var machine = result.Description;
        var busy = result.Throughput.Any(job => IsLow(job.One) || (job.All is { } all && IsLow(all)));
        Line(output, $"{machine.Processor}, {machine.Processors} processors, vectors of {machine.VectorBits} bits, {machine.Runtime}.");
        foreach (var figures in result.Machine)
        {
            // On a busy machine, the peak is only what other programs left over.
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
            output.WriteLine("Other programs used part of the machine during the run: trust shares of the peak more than seconds, and " +
                "one thread more than several.");
        }

        output.WriteLine("How this is measured, and comparisons with other libraries: docs/performance.md.");
    }

    private static void WriteThroughput(TextWriter output, IReadOnlyList<ThroughputFigures> jobs, bool busy)
    {
        string[] columns = ["job", "threads", "a second", "GFLOP/s", "of the peak", "a run", "allocated"];
        output.WriteLine();
        TextTable.Write(output, busy ? [.. columns, "processor"] : columns, jobs.SelectMany(job => Rows(job, busy)));
        output.WriteLine();
        output.WriteLine("  of the peak  relative to as many threads doing only fused multiply-adds on the widest vectors");
        output.WriteLine("  allocated    on the garbage-collected heap by one run");
        if (busy)
        {
            output.WriteLine("  processor    the share of its threads' time that the job ran; the rest went to other programs or waiting");
        }
    }

    private static void WriteLookups(TextWriter output, IReadOnlyList<LookupFigures> jobs)
    {
        output.WriteLine();
        TextTable.Write(output, ["look-up", "one user", "GB/s", "of memory's", "of the cache's", "from cold", "of memory's"],
            jobs.Select(Row));
        output.WriteLine();
        output.WriteLine("  GB/s            rate of reading the models' weights, each once per user");
        output.WriteLine("  of memory's     relative to the machine's memory bandwidth; above 100% if a cache holds the models");
        output.WriteLine("  of the cache's  relative to reading the same number of bytes repeatedly");
        output.WriteLine("  from cold       one look-up with cold caches, and its share of the memory bandwidth");
    }

    private static bool IsLow(RateFigures rate) => rate.ProcessorShare < MostOfTheProcessor;

    private static IEnumerable<string[]> Rows(ThroughputFigures job, bool busy)
    {
        yield return Row(job.Name, job.Unit, job.One, busy);
        if (job.All is not null) yield return Row("", job.Unit, job.All, busy);
    }

    private static string[] Row(string name, string unit, RateFigures rate, bool busy) =>
    [
        name, TextTable.Count(rate.Threads), $"{Short(rate.PerSecond)} {unit}", Fixed(rate.Gflops, 1),
        $"{Fixed(rate.PercentOfFmaPeak, 1)}%",
        $"{Fixed(rate.Seconds * 1e3, 1)} ms", Megabytes(rate.BytesAllocated),
        .. busy ? [$"{Fixed(100 * rate.ProcessorShare, 0)}%"] : Array.Empty<string>(),
    ];

    private static string[] Row(LookupFigures job) =>
    [
        job.Name, $"{Fixed(job.Microseconds, 1)} µs", Fixed(job.GigabytesPerSecond, 1), $"{Fixed(job.PercentOfBandwidth, 0)}%",
        $"{Fixed(job.PercentOfCacheBandwidth, 0)}%",
        $"{Fixed(job.ColdMicroseconds, 1)} µs", $"{Fixed(job.ColdPercentOfBandwidth, 0)}%",
    ];

    private static string Notes(ThroughputFigures job)
    {
        var notes = job.SelectPercent is { } select ? $"; {Fixed(select, 1)}% of the time is spent reading and selecting" : "";
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
