using System.Text.Json.Nodes;
using Kindred.Bench;

namespace Kindred.Cli.Tests.Commands;

/// <summary><c>kindred bench</c>, of which no figure is asserted but that it is one.</summary>
public sealed class BenchTests
{
    [Fact]
    public void The_JSON_has_a_key_for_each_job_with_its_rate_its_share_of_the_peak_and_its_threads()
    {
        var json = Invocation.Good("bench", "--quick", "--rounds", "2", "--only", "score_linear_d128", "train_d64", "lookup_network_100", "--threads", "2", "--output", "json").Json;
        Assert.True((bool)json["quick"]!);
        Assert.Equal(2, (int)json["rounds"]!);
        Assert.Equal([1, 2], json["machine"]!.AsArray().Select(machine => (int)machine!["threads"]!));
        foreach (var name in new[] { "score_linear_d128", "train_d64" })
        {
            var job = json[name]!.AsObject();
            Assert.Equal(1, (int)job["threads"]!);
            Assert.Equal(2, (int)job["all_threads"]!["threads"]!);
            foreach (var rate in new[] { job, job["all_threads"]!.AsObject() })
            {
                Assert.All(["per_second", "gflops", "percent_of_fma_peak", "fma_peak_gflops", "seconds"], key => Positive(rate[key]));
                Assert.InRange((long)rate["bytes_allocated"]!, 0, long.MaxValue);
            }
        }

        Assert.InRange((double)json["score_linear_d128"]!["select_percent"]!, 0, 100);
        Assert.Equal(5, json["score_linear_d128"]!["check"]!["best_users"]!.AsArray().Count);
        Positive(json["train_d64"]!["check"]!["loss"]);
        Assert.All(["microseconds", "gigabytes_per_second", "percent_of_bandwidth", "cold_microseconds"], key => Positive(json["lookup_network_100"]![key]));
        Positive(json["peak_memory_bytes"]);
        Assert.False(json.ContainsKey("score_d64"));
    }

    [Fact]
    public void A_terminal_shows_a_line_a_job_and_what_each_does()
    {
        var output = Invocation.Good("bench", "--quick", "--rounds", "1", "--only", "score_d64", "lookup_linear_1000", "--threads", "1").Output;
        Assert.Matches(@"(?m)^With 1 thread it can do [\d,]+ GFLOP/s and read [\d.]+ GB/s", output);
        Assert.Matches(@"(?m)^score_d64 +1 +[\d.]+ [kM] pairs +[\d.]+ +[\d.]+% ", output);
        Assert.Matches(@"(?m)^lookup_linear_1000 +[\d.]+ µs ", output);
        Assert.Matches(@"(?m)^score_d64: 1% of [\d,]+ users by 16 networks ", output);
        Assert.DoesNotContain("2 threads", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_that_there_is_not_is_refused_with_those_that_there_are()
    {
        var run = Invocation.Of("bench", "--only", "score_d65");
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.All(BenchRun.JobNames, name => Assert.Contains(name, run.Error, StringComparison.Ordinal));
    }

    [Fact]
    public void No_round_at_all_is_refused()
    {
        var run = Invocation.Of("bench", "--rounds", "0");
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("--rounds is 0", run.Error, StringComparison.Ordinal);
    }

    private static void Positive(JsonNode? number) => Assert.True((double)number! > 0);
}
