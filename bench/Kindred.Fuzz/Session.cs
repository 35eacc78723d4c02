using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Kindred.Fuzz;

/// <summary>A fuzzing session: all readers in turn, one second each, until the time is up.</summary>
internal static class Session
{
    private const int MostKept = 2;

    public static int Run(string repository, string work, string seconds, string seedText, string names, string findings)
    {
        var (limit, seed) = (TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)),
            int.Parse(seedText, CultureInfo.InvariantCulture));
        var wanted = names.Split(',', StringSplitOptions.RemoveEmptyEntries);
        var targets = Targets.All.Where(target => wanted.Length == 0 || wanted.Contains(target.Name)).ToArray();
        var runs = targets.Select(target => new FuzzRun(target, target.Corpus(repository), seed, work)).ToArray();
        foreach (var problem in runs.SelectMany(run => run.Unreadable())) Console.WriteLine($"corpus: {problem}");
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        using var watch = new FuzzWatch(what => Console.WriteLine($"HANG: {what} of seed {seed}"));
        var (clock, last) = (Stopwatch.StartNew(), TimeSpan.Zero);
        while (clock.Elapsed < limit)
        {
            foreach (var run in runs)
            {
                for (var until = clock.Elapsed + TimeSpan.FromSeconds(1); clock.Elapsed < until && clock.Elapsed < limit;) Next(run);
            }

            if (clock.Elapsed - last < TimeSpan.FromMinutes(2) && clock.Elapsed < limit) continue;
            last = clock.Elapsed;
            Console.WriteLine(Table(runs, clock.Elapsed, seed, found));
            Console.Out.Flush();
        }

        return found.Count == 0 ? 0 : 1;

        void Next(FuzzRun run)
        {
            watch.Begin($"{run.Name} {run.Inputs}");
            if (run.Next() is not { } finding) return;
            var key = $"{finding.Target}: {finding.Signature}";
            var times = found[key] = found.GetValueOrDefault(key) + 1;
            if (times > MostKept) return;
            Console.WriteLine($"FOUND {key} (again {finding.Target} {seed} {finding.Number} DIR)");
            if (findings.Length == 0) return;
            Directory.CreateDirectory(findings);
            File.AppendAllText(Path.Combine(findings, "findings.txt"),
                $"== {key}\nagain {finding.Target} {seed} {finding.Number}\n{finding.Problem}\n\n");
        }
    }

    private static string Table(FuzzRun[] runs, TimeSpan elapsed, int seed, Dictionary<string, int> found)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"after {elapsed.TotalSeconds:F0} s, seed {seed}: {runs.Sum(run => run.Inputs):N0} inputs, {found.Count} findings");
        foreach (var run in runs) text.AppendLine(CultureInfo.InvariantCulture, $"  {run.Name,-20} {run.Inputs,12:N0} inputs {run.Inputs - run.Refused,12:N0} read {run.Refused,12:N0} refused");
        return text.ToString();
    }
}
