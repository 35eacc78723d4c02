using System.Diagnostics;
using System.Globalization;

namespace Kindred.Benchmarks.Experiments;

/// <summary>Checks the error rates of A/B analysis with thousands of simulated experiments, and prints one table.</summary>
internal static class ExperimentBenchmark
{
    private const int Units = 2_000;
    private const double Effect = 0.1, Level = 0.05;
    private const ulong Seed = 7;

    public static void Run(string[] args)
    {
        var runs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 2_000;
        var watch = Stopwatch.StartNew();
        var z = 2.5758293035489004 * Math.Sqrt(Level * (1 - Level) / runs);
        Console.WriteLine(FormattableString.Invariant(
            $"{runs:N0} experiments per cell, seed {Seed}. Nominal 5%; the binomial 99% interval is {100 * (Level - z):F2} to {100 * (Level + z):F2}%, ! is outside."));
        foreach (var (control, treatment) in new[] { (Units, Units), (5 * Units, Units), (25 * Units, 5 * Units) }) Fixed(runs, control, treatment, z);
        foreach (var perDay in new[] { 100, 1_000 }) Daily(runs, perDay);
        SampleRatios(10 * runs);
        SmallRatios(50 * runs);
        Console.WriteLine(FormattableString.Invariant($"{watch.Elapsed.TotalSeconds:F0} s"));
    }

    private static void Fixed(int runs, int control, int treatment, double z)
    {
        Console.WriteLine(FormattableString.Invariant(
            $"\nOne look, {control:N0} users in the control and {treatment:N0} in the treatment; misses with a true lift of {100 * Effect:F0}%:\n"));
        Row("metric", "A/A alarms", "mean (d/se)²", "difference", "relative, delta", "relative, Fieller", "CUPED takes");
        foreach (var figures in FixedStudy.Run(runs, control, treatment, Effect, Seed))
        {
            string Share(int count) => Percent(count, runs) + (Math.Abs((double)count / runs - Level) > z ? " !" : "");
            Row(
                figures.Name, Share(figures.Alarms), figures.MeanSquare.ToString("F3", CultureInfo.InvariantCulture),
                Share(runs - figures.Absolute), Share(runs - figures.Delta), Share(runs - figures.Fieller),
                figures.Reduction > 0 ? Percent(figures.Reduction, 1) : "");
        }
    }

    private static void Daily(int runs, int perDay)
    {
        Console.WriteLine(FormattableString.Invariant(
            $"\nDaily looks for {SequentialStudy.Days} days, {perDay:N0} new users per day and arm, 2% buyers; wrong on any day:\n"));
        Row("lift", "one-look interval", "difference", "relative", "relative, delta", "the same, 100 buyers per arm", "p ≤ .05 on any day");
        foreach (var effect in new[] { 0, 0.5 })
        {
            var figures = SequentialStudy.Run(runs, perDay, effect, Seed);
            Row(
                Percent(effect, 1), Percent(figures.Once, runs), Percent(figures.Absolute, runs), Percent(figures.Relative, runs),
                Percent(figures.Delta, runs), Percent(figures.DeltaLater, runs), Percent(figures.PValues, runs));
        }
    }

    private static void SampleRatios(int runs)
    {
        Console.WriteLine(FormattableString.Invariant(
            $"\nSample ratio, {SequentialStudy.Days} days of 1,000 users, {runs:N0} assignments; alarms:\n"));
        Row("plan", "real", "level", "at the end", "on any day", "sequential on any day");
        double[] even = [0.5, 0.5], three = [0.1, 0.2, 0.7], leak = [0.51, 0.49];
        foreach (var (planned, real) in new[] { (even, even), (three, three), (even, leak) })
        {
            foreach (var level in new[] { 0.05, 0.001 })
            {
                var figures = SampleRatioStudy.Run(runs, 1_000, planned, real, level, Seed);
                Row(
                    Text(planned), Text(real), level.ToString(CultureInfo.InvariantCulture), Percent(figures.AtTheEnd, runs),
                    Percent(figures.AnyDay, runs), Percent(figures.Sequential, runs));
            }
        }
    }

    private static void SmallRatios(int runs)
    {
        Console.WriteLine(FormattableString.Invariant(
            $"\nSample ratio of {runs:N0} small experiments without any loss; stopped at a level of {100 * SmallRatioStudy.Level:F1}%:\n"));
        Row("units", "plan", "χ²", "test of the analysis", "the same, summed over all outcomes");
        double[] even = [0.5, 0.5], twenty = [0.95, 0.05], hundred = [0.99, 0.01], thirds = [1 / 3.0, 1 / 3.0, 1 / 3.0],
            three = [0.9, 0.09, 0.01], four = [0.49, 0.49, 0.01, 0.01];
        foreach (var (units, planned) in new[]
        {
            (20, hundred), (50, hundred), (200, hundred), (1_000, hundred), (50, twenty), (20, even), (60, thirds), (60, three),
            (500, three), (100, four), (2_000, four),
        })
        {
            var figures = SmallRatioStudy.Run(runs, units, planned, Seed);
            Row(
                units.ToString("N0", CultureInfo.InvariantCulture), Text(planned), Percent(figures.ChiSquare, 1, 3),
                Percent(figures.Tested, 1, 3), figures.Probability is { } probability ? Percent(probability, 1, 4) : "");
        }
    }

    private static string Text(double[] shares) =>
        string.Join(":", shares.Select(share => (100 * share).ToString("F0", CultureInfo.InvariantCulture)));

    private static string Percent(double part, double whole, int decimals = 2) =>
        (100 * part / whole).ToString("F" + decimals, CultureInfo.InvariantCulture) + "%";

    private static void Row(params string[] cells) => Console.WriteLine("| " + string.Join(" | ", cells) + " |");
}
