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

// Percentiles of single look-ups are nothing that BenchmarkDotNet measures.
if (args is ["memberships", ..])
{
    MembershipBenchmark.Run(args[1..]);
    return;
}

// Nor are false alarms of A/B tests.
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

// Nor is reading of logs that take seconds.
if (args is ["experiment-log", ..])
{
    ExperimentLogBenchmark.Run(args[1..]);
    return;
}

// In this process: kernels are internal to Kindred, and projects that BenchmarkDotNet makes would be strangers to it.
var config = ManualConfig.CreateEmpty()
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddExporter(MarkdownExporter.GitHub)
    .AddLogger(ConsoleLogger.Default)
    .WithArtifactsPath(Path.Combine("artifacts", "benchmarks"));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
