using System.Text.Json.Nodes;
using Kindred.Bench;
using Kindred.Bench.Figures;
using Kindred.Bench.Machine;
using Kindred.Bench.Settings;
using Kindred.Cli.Shell;
using Kindred.Cli.Texts;

namespace Kindred.Cli.Tests.Commands;

/// <summary><c>kindred bench</c>. The tests check that figures exist, not their values.</summary>
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

        // The reference documents each key.
        var reference = File.ReadAllText(Path.Combine(Repository.Root, "docs", "reference", "bench-json.md"));
        Assert.All(Keys(json), key => Assert.Matches($@"`([a-z_\[\]]+\.)?{key}`", reference));
    }

    [Fact]
    public void A_terminal_shows_one_line_per_job_and_a_description_of_each()
    {
        var output = Invocation.Good("bench", "--quick", "--rounds", "1", "--only", "score_d64", "lookup_linear_1000", "--threads", "1").Output;
        Assert.Matches(@"(?m)^With 1 thread it (can|could) do [\d,]+ GFLOP/s and read [\d.]+ GB/s", output);
        Assert.Matches(@"(?m)^score_d64 +1 +[\d.]+ [kM] pairs +[\d.]+ +[\d.]+% ", output);
        Assert.Matches(@"(?m)^lookup_linear_1000 +[\d.]+ µs ", output);
        Assert.Matches(@"(?m)^score_d64: 1% of [\d,]+ users by 16 networks ", output);
        Assert.Contains(". One round; each job's peak", output, StringComparison.Ordinal);
        Assert.DoesNotContain("2 threads", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("score_d65", "--only names 'score_d65', which is not a job")]
    [InlineData("score_d64,score_d65", "--only names 'score_d65', which is not a job")]
    [InlineData(",", "--only names no job")]
    public void An_unknown_job_is_refused_with_a_list_of_all_jobs(string jobs, string said)
    {
        var run = Invocation.Of("bench", "--only", jobs);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.All(BenchRun.JobNames, name => Assert.Contains(name, run.Error, StringComparison.Ordinal));
    }

    [Fact]
    public void Zero_rounds_are_refused()
    {
        var run = Invocation.Of("bench", "--rounds", "0");
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("--rounds is 0", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.9, "it can do 200 GFLOP/s and read 30.0 GB/s of memory.", false)]
    [InlineData(0.4, "it could do 200 GFLOP/s and read 30.0 GB/s of memory just now.", true)]
    public void A_terminal_explains_its_columns_and_mentions_the_processor_share_only_if_it_is_low(double share, string peak, bool busy)
    {
        var rate = new RateFigures(1, 1e6, 100, 50, 50, 1, 200, share, 2_000_000);
        var result = new BenchResult(
            new MachineDescription("A processor", 2, 512, ".NET", "Linux"), new BenchOptions(), [new MachineFigures(1, 200, 30)],
            [new ThroughputFigures("score_d64", "pairs", "pairs", 100, rate, null, new JobCheck())],
            [new LookupFigures("lookup_linear_1000", "one user", 20, 25, 80, 40, 100, 15, 500_000, 0)], 1_000_000);
        var text = new StringWriter();
        BenchText.Write(text, result);
        var lines = text.ToString().Split('\n');
        Assert.Contains($"With 1 thread {peak}", lines);
        Assert.All(["  of the peak  ", "  allocated  ", "  of memory's  ", "  of the cache's  ", "  from cold  "], name => Assert.Contains(lines, line => line.StartsWith(name, StringComparison.Ordinal)));
        Assert.Equal(busy, lines.Any(line => line.StartsWith("  processor  ", StringComparison.Ordinal)));
        Assert.Equal(busy ? "40%" : "MB", lines.Single(line => line.StartsWith("score_d64  ", StringComparison.Ordinal)).Split(' ')[^1]);
        Assert.Equal(busy, text.ToString().Contains("Other programs used part", StringComparison.Ordinal));
        Assert.Contains($"Medians of {BenchSize.Full.Rounds} rounds;", text.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(": docs/performance.md.", lines[^2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("score_linear_d128,lookup_linear_1000")]
    [InlineData("score_linear_d128, lookup_linear_1000")]
    public void Jobs_may_be_separated_by_commas(string jobs)
    {
        var json = Invocation.Good("bench", "--quick", "--rounds", "1", "--only", jobs, "--threads", "1", "--output", "json").Json;
        Assert.True(json.ContainsKey("score_linear_d128") && json.ContainsKey("lookup_linear_1000"));
        Assert.False(json.ContainsKey("score_d64"));
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("one")]
    public void A_seed_that_is_not_a_whole_number_from_0_is_refused(string seed)
    {
        var run = Invocation.Of("bench", "--seed", seed);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains($"--seed is '{seed}'; a whole number {(seed[0] == '-' ? "from 0 " : "")}is needed", run.Error, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Keys(JsonNode? json) => json switch
    {
        JsonObject some => some.SelectMany(pair => Keys(pair.Value).Prepend(pair.Key)),
        JsonArray array => array.SelectMany(Keys),
        _ => [],
    };

    private static void Positive(JsonNode? number) => Assert.True((double)number! > 0);
}
