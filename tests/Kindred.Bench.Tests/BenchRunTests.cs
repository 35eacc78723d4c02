using Kindred.Bench.Settings;

namespace Kindred.Bench.Tests;

/// <summary>A complete run, too small for meaningful figures. The tests assert only that figures exist and are possible.</summary>
public sealed class BenchRunTests
{
    private static readonly BenchSize _tiny = new(Users: 1_200, TrainingRows: 512, Rounds: 2, WarmUpSeconds: 0, PeakSeconds: 2e-4, MemoryBytes: 1 << 20);

    [Fact]
    public void Every_job_has_figures_with_one_thread_and_with_all_threads()
    {
        var shares = new List<double>();
        var result = BenchRun.Run(new BenchOptions { Size = _tiny, Threads = 2 }, shares.Add);
        Assert.Equal(BenchRun.JobNames, result.Throughput.Select(job => job.Name).Concat(result.Lookups.Select(job => job.Name)));
        Assert.Equal([1, 2], result.Machine.Select(machine => machine.Threads));
        Assert.All(result.Machine, machine => Positive(machine.FmaPeakGflops, machine.ReadGigabytesPerSecond));
        Assert.All(result.Throughput, job =>
        {
            Assert.Equal((1, 2), (job.One.Threads, job.All!.Threads));
            foreach (var rate in new[] { job.One, job.All })
            {
                Positive(rate.PerSecond, rate.Gflops, rate.PercentOfFmaPeak, rate.Seconds, rate.PeakGflops, rate.ProcessorShare);
                Assert.Equal(rate.PerSecond * job.FlopsPerItem / 1e9, rate.Gflops, rate.Gflops * 1e-9);
            }

            Positive(job.Gain!.Value, job.PeakGain!.Value, job.ShareOfPeakGain!.Value);
        });
        Assert.All(result.Lookups, job => Positive(job.Microseconds, job.GigabytesPerSecond, job.PercentOfBandwidth, job.PercentOfCacheBandwidth, job.ColdPercentOfBandwidth, job.ColdMicroseconds, job.Bytes));
        Assert.True(result.PeakMemoryBytes > 1 << 20);
        Assert.Equal(shares.Order(), shares);
        Assert.Equal(1, shares[^1]);
    }

    [Fact]
    public void Only_requested_jobs_are_measured_and_one_thread_has_no_gain()
    {
        var result = BenchRun.Run(new BenchOptions { Size = _tiny, Threads = 1, Only = ["score_d64"] });
        Assert.Equal(["score_d64"], result.Throughput.Select(job => job.Name));
        Assert.Empty(result.Lookups);
        Assert.Single(result.Machine);
        Assert.Null(result.Throughput[0].All);
        Assert.Null(result.Throughput[0].Gain);
        Assert.InRange(result.Throughput[0].SelectPercent!.Value, 0, 100);
    }

    [Fact]
    public void The_checked_results_do_not_depend_on_threads_and_depend_on_the_seed()
    {
        var one = Check(1, seed: 1);
        Assert.Equal(one, Check(2, seed: 1));
        Assert.NotEqual(one, Check(1, seed: 2));
    }

    [Fact]
    public void Cancellation_ends_a_run_immediately()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() => BenchRun.Run(new BenchOptions { Size = _tiny }, null, cancellation.Token));
    }

    private static string Check(int threads, ulong seed)
    {
        var result = BenchRun.Run(new BenchOptions { Size = _tiny with { Rounds = 1 }, Threads = threads, Seed = seed, Only = ["score_d64", "train_d64"] });
        return string.Join(';', result.Throughput.SelectMany(job => job.Check.BestUsers.Select(user => (double)user).Concat(job.Check.BestScores.Select(score => (double)score)).Append(job.Check.Loss ?? 0)));
    }

    private static void Positive(params double[] numbers) => Assert.All(numbers, number => Assert.True(double.IsFinite(number) && number > 0, $"{number}"));
}
