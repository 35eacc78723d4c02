using System.Diagnostics;
using System.Globalization;

namespace Kindred.Benchmarks.ExperimentLogs;

/// <summary>
/// Reads an experiment's log and compares with a DuckDB query that computes the same sums from the same Parquet file. Each runs in its own
/// process, in turn, with the same threads and memory.
/// <c>dotnet run -c Release --project bench/Kindred.Benchmarks -- experiment-log --rows 100000000 [--units N] [--rounds 3] [--threads 2]
/// [--memory 2048 (MiB)] [--folder DIR]</c>
/// To write only the log: <c>experiment-log generate FILE --rows N</c>. To run only one side: <c>experiment-log ours|duckdb FILE</c>.
/// </summary>
internal static class ExperimentLogBenchmark
{
    public static void Run(string[] args)
    {
        long Option(string name, long value) =>
            Array.IndexOf(args, name) is >= 0 and var at ? long.Parse(args[at + 1], CultureInfo.InvariantCulture) : value;
        var (threads, memory) = ((int)Option("--threads", 2), Option("--memory", 2048) << 20);
        if (args is ["ours" or "duckdb", var log, ..])
        {
            Print(args[0] == "ours" ? ExperimentLogRuns.Ours(log, threads, memory) : ExperimentLogRuns.DuckDb(log, threads, memory));
            return;
        }

        var rows = Option("--rows", 10_000_000);
        var units = Option("--units", Math.Max(1, rows / 10));
        if (args is ["generate", var file, ..])
        {
            ExperimentLogRuns.Generate(file, rows, units, threads);
            return;
        }

        var parent = Array.IndexOf(args, "--folder") is >= 0 and var at ? args[at + 1] : Path.GetTempPath();
        var folder = Directory.CreateDirectory(Path.Combine(parent, $"kindred-experiment-log-{Environment.ProcessId}")).FullName;
        try
        {
            Compare(ExperimentLogRuns.Generate(Path.Combine(folder, "log.parquet"), rows, units, threads), rows, (int)Option("--rounds", 3),
                threads, memory);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Compare(string log, long rows, int rounds, int threads, long memory)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{rows:N0} rows, {new FileInfo(log).Length / 1e9:F2} GB of Parquet, {threads} threads, {memory >> 20:N0} MiB; {Environment.ProcessorCount} processors"));
        var results = new List<(ExperimentLogResult Ours, ExperimentLogResult DuckDb)>();
        for (var round = 0; round < rounds; round++)
        {
            var pair = (Ours: Child("ours"), DuckDb: Child("duckdb"));
            results.Add(pair);
            Console.WriteLine($"round {round + 1}: Kindred {pair.Ours.Describe(rows)}; DuckDB {pair.DuckDb.Describe(rows)}; sums differ by {pair.Ours.Distance(pair.DuckDb):E1}");
        }

        PrintRatios("time", result => result.Seconds);
        PrintRatios("processor time", result => result.ProcessorSeconds);

        void PrintRatios(string what, Func<ExperimentLogResult, double> figure)
        {
            var ratios = results.Select(pair => figure(pair.DuckDb) / figure(pair.Ours)).Order().ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"DuckDB's {what} divided by Kindred's: median {ratios[ratios.Count / 2]:F2} ({ratios[0]:F2} to {ratios[^1]:F2})"));
        }

        ExperimentLogResult Child(string which)
        {
            var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
            if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet") start.ArgumentList.Add(typeof(ExperimentLogBenchmark).Assembly.Location);
            string[] arguments = ["experiment-log", which, log, "--threads", $"{threads}", "--memory", $"{memory >> 20}"];
            foreach (var argument in arguments) start.ArgumentList.Add(argument);
            using var child = Process.Start(start)!;
            var text = child.StandardOutput.ReadToEnd();
            child.WaitForExit();
            return child.ExitCode == 0 ? ExperimentLogResult.Parse(text) : throw new InvalidOperationException($"{which} failed.");
        }
    }

    private static void Print(ExperimentLogResult result) => Console.WriteLine(result.ToText());
}
