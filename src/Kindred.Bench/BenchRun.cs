using System.Diagnostics;
using Kindred.Bench.Data;
using Kindred.Bench.Figures;
using Kindred.Bench.Jobs;
using Kindred.Bench.Machine;
using Kindred.Bench.Settings;

namespace Kindred.Bench;

/// <summary>Measures scoring, training and look-ups against the limits of the machine.</summary>
/// <remarks>
/// Everything is measured in rounds. In each round the machine's peak is measured right before and right after each job: on a shared
/// machine, seconds are unreliable, but shares of the peak at the same moment are not. Medians over the rounds are reported.
/// </remarks>
public static class BenchRun
{
    private const int LinearModels = 256;
    private const int Networks = 16;

    private static readonly ModelShape _linear = new(128);
    private static readonly ModelShape _small = new(64, 64, 32);
    private static readonly ModelShape _large = new(256, 128, 64);

    private static readonly Dictionary<string, Func<BenchOptions, ThroughputJob>> _throughput = new()
    {
        // The number of users that takes about the same time at the peak.
        ["score_linear_d128"] = options => new ScoringJob("score_linear_d128", _linear, LinearModels, options.Size.Users, options.Seed),
        ["score_d64"] = options => new ScoringJob("score_d64", _small, Networks, options.Size.Users / 2, options.Seed),
        ["score_d256"] = options => new ScoringJob("score_d256", _large, Networks, options.Size.Users / 8, options.Seed),
        ["train_d64"] = options => new TrainingJob("train_d64", _small, options.Size.TrainingRows, options.Threads, options.Seed),
        ["train_d256"] = options => new TrainingJob("train_d256", _large, options.Size.TrainingRows, options.Threads, options.Seed),
    };

    private static readonly Dictionary<string, Func<BenchOptions, LookupJob>> _lookups = new()
    {
        ["lookup_linear_1000"] = options => new LookupJob("lookup_linear_1000", _linear, 1000, options.Seed),
        ["lookup_network_100"] = options => new LookupJob("lookup_network_100", _small, 100, options.Seed),
    };

    /// <summary>The names of all jobs.</summary>
    public static IReadOnlyList<string> JobNames { get; } = [.. _throughput.Keys, .. _lookups.Keys];

    /// <summary>Runs the measurements.</summary>
    /// <param name="options">The jobs and the amount of measurement.</param>
    /// <param name="progress">Receives the completed share, 0 to 1.</param>
    /// <param name="cancellation">Stops between measurements.</param>
    public static BenchResult Run(BenchOptions options, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        var peak = new FmaPeak(options.Size.PeakSeconds);
        using var memory = new ReadBandwidth(options.Size.MemoryBytes);
        ThroughputMeasurement[] jobs =
            [.. Asked(_throughput, options).Select(create => new ThroughputMeasurement(create(options), peak, options.Threads))];
        LookupJob[] lookups = [.. Asked(_lookups, options).Select(create => create(options))];
        try
        {
            var steps = (options.Size.Rounds + 1) * (jobs.Length + lookups.Length);
            var done = 0;
            Each(jobs, job => job.WarmUp(options.Size.WarmUpSeconds));
            Each(lookups, job => job.WarmUp(options.Size.PeakSeconds));
            var machine = new MachineSamples(options.Threads, peak, memory);
            for (var round = 0; round < options.Size.Rounds; round++)
            {
                machine.Measure();
                Each(jobs, job => job.Measure());
                Each(lookups, job => job.Measure(memory));
            }

            var figures = machine.Figures();
            return new BenchResult(
                MachineDescription.OfThis(), options, figures, [.. jobs.Select(job => job.Figures())],
                [.. lookups.Select(job => job.Figures(figures[0].ReadGigabytesPerSecond * 1e9))],
                Process.GetCurrentProcess().PeakWorkingSet64);

            void Each<T>(IEnumerable<T> some, Action<T> act)
            {
                foreach (var one in some)
                {
                    cancellation.ThrowIfCancellationRequested();
                    act(one);
                    progress?.Invoke((double)++done / steps);
                }
            }
        }
        finally
        {
            foreach (var job in jobs) job.Dispose();
            foreach (var job in lookups) job.Dispose();
        }
    }

    private static IEnumerable<T> Asked<T>(Dictionary<string, T> all, BenchOptions options) =>
        all.Where(job => options.Only.Count == 0 || options.Only.Contains(job.Key)).Select(job => job.Value);
}
