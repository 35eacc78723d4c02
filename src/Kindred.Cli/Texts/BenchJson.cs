using System.Globalization;
using System.Text.Json.Nodes;
using Kindred.Bench.Figures;
using Kindred.Bench.Settings;
using Kindred.Reports;

namespace Kindred.Cli.Texts;

/// <summary>Benchmark results as JSON, with one key per job.</summary>
internal static class BenchJson
{
    public static JsonObject Of(BenchResult result, DateTimeOffset measuredAt)
    {
        var json = new JsonObject
        {
            ["measured_at"] = measuredAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["processor"] = result.Description.Processor,
            ["processors"] = result.Description.Processors,
            ["vector_bits"] = result.Description.VectorBits,
            ["runtime"] = result.Description.Runtime,
            ["system"] = result.Description.System,
            ["quick"] = result.Options.Size.Users == BenchSize.Quick.Users,
            ["rounds"] = result.Options.Size.Rounds,
            ["seed"] = result.Options.Seed,
            ["machine"] = new JsonArray([.. result.Machine.Select(machine => new JsonObject
            {
                ["threads"] = machine.Threads,
                ["fma_peak_gflops"] = JsonText.Number(machine.FmaPeakGflops),
                ["read_gigabytes_per_second"] = JsonText.Number(machine.ReadGigabytesPerSecond),
            })]),
        };
        foreach (var job in result.Throughput) json[job.Name] = Of(job);
        foreach (var job in result.Lookups) json[job.Name] = Of(job);
        json["peak_memory_bytes"] = result.PeakMemoryBytes;
        return json;
    }

    // Single-thread figures come first; those of all threads, and the gain, are nested.
    private static JsonObject Of(ThroughputFigures job)
    {
        var json = Of(job.One);
        json.Insert(0, "description", job.Description);
        json.Insert(1, "unit", job.Unit);
        json.Insert(2, "flops_each", JsonText.Number(job.FlopsPerItem));
        if (job.SelectPercent is { } select) json["select_percent"] = JsonText.Number(select);
        if (job.All is not null)
        {
            var all = Of(job.All);
            all["gain"] = JsonText.Number(job.Gain!.Value);
            all["peak_gain"] = JsonText.Number(job.PeakGain!.Value);
            all["share_of_peak_gain"] = JsonText.Number(job.ShareOfPeakGain!.Value);
            all["share_of_peak_gain_in_processor_time"] = JsonText.Number(job.ShareOfPeakGainInProcessorTime!.Value);
            json["all_threads"] = all;
        }

        json["check"] = Of(job.Check);
        return json;
    }

    private static JsonObject Of(RateFigures rate) => new()
    {
        ["threads"] = rate.Threads,
        ["per_second"] = JsonText.Number(rate.PerSecond),
        ["gflops"] = JsonText.Number(rate.Gflops),
        ["percent_of_fma_peak"] = JsonText.Number(rate.PercentOfFmaPeak),
        ["percent_in_processor_time"] = JsonText.Number(rate.PercentInProcessorTime),
        ["fma_peak_gflops"] = JsonText.Number(rate.PeakGflops),
        ["seconds"] = JsonText.Number(rate.Seconds),
        ["processor_share"] = JsonText.Number(rate.ProcessorShare),
        ["bytes_allocated"] = rate.BytesAllocated,
    };

    private static JsonObject Of(JobCheck check) => check.Loss is { } loss
        ? new() { ["loss"] = JsonText.Number(loss) }
        : new()
        {
            ["best_users"] = new JsonArray([.. check.BestUsers.Select(user => (JsonNode)user)]),
            ["best_scores"] = JsonText.Numbers(check.BestScores.Select(score => (double)score)),
        };

    private static JsonObject Of(LookupFigures job) => new()
    {
        ["description"] = job.Description,
        ["threads"] = 1,
        ["microseconds"] = JsonText.Number(job.Microseconds),
        ["gigabytes_per_second"] = JsonText.Number(job.GigabytesPerSecond),
        ["percent_of_bandwidth"] = JsonText.Number(job.PercentOfBandwidth),
        ["percent_of_cache_bandwidth"] = JsonText.Number(job.PercentOfCacheBandwidth),
        ["cold_microseconds"] = JsonText.Number(job.ColdMicroseconds),
        ["cold_percent_of_bandwidth"] = JsonText.Number(job.ColdPercentOfBandwidth),
        ["bytes"] = job.Bytes,
        ["bytes_allocated"] = job.BytesAllocated,
    };
}
