using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Kindred.Benchmarks;
using Kindred.Benchmarks.ExperimentLogs;
using Kindred.Benchmarks.Experiments;
using Kindred.Benchmarks.Markets;

// BenchmarkDotNet does not measure percentiles of single look-ups.
if (args is ["memberships", ..])
{
    MembershipBenchmark.Run(args[1..]);
    return;
}

// BenchmarkDotNet does not measure false-alarm rates of A/B tests.
if (args is ["experiments", ..])
{
    ExperimentBenchmark.Run(args[1..]);
    return;
}

if (args is ["market", ..])
{
    MarketBenchmark.Run(args[1..]);
    return;
}

// Reading a log takes too long for BenchmarkDotNet's repetitions.
if (args is ["experiment-log", ..])
{
    ExperimentLogBenchmark.Run(args[1..]);
    return;
}

// In this process, because kernels are internal to Kindred and the projects that BenchmarkDotNet generates cannot see them.
var config = ManualConfig.CreateEmpty()
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddExporter(MarkdownExporter.GitHub)
    .AddLogger(ConsoleLogger.Default)
    .WithArtifactsPath(Path.Combine("artifacts", "benchmarks"));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
