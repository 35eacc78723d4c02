using Kindred.App.Demo;
using Kindred.Reports.Demo;

namespace Kindred.Reports.Tests.Demo;

/// <summary>Plausible figures of a demo.</summary>
internal static class SampleDemo
{
    public static DemoReportModel Model(int lists = 20) => new()
    {
        World = new DemoWorld(
            100_000, 73_212, [new DemoCountry("DE", 51_377), new DemoCountry("RO", 28_455), new DemoCountry("HU", 20_168)],
            20_000, 1_987_654, lists, 92_084, 1),
        Shares = [0.01, 0.02, 0.05, 0.10],
        Methods =
        [
            Method("Kindred", "Kindred", [0.312, 0.446, 0.631, 0.748], 0.534, 0.926, null),
            Method("Activity", "taking the most active users", [0.034, 0.061, 0.125, 0.213], 0.108, 0.641, new Estimate(0.426, 0.0107)),
            Method("Random", "picking users at random", [0.010, 0.020, 0.050, 0.100], 0.045, 0.502, new Estimate(0.489, 0.0113)),
        ],
        Lists = [.. Enumerable.Range(0, lists).Select(List)],
        AudienceShare = 0.05,
        Commands =
        [
            new DemoStep("Make a population of your users and what they did:",
                "kindred embed --users users.csv --interactions interactions.csv --out population"),
            new DemoStep("Grow a seed list into an audience of 2% of the users:",
                "kindred expand --population population --seeds seeds.csv --size 2% --out audience.csv"),
        ],
    };

    private static DemoMethod Method(string name, string description, double[] recalls, double average, double precision,
        Estimate? ahead) => new()
        {
            Name = name,
            Description = description,
            RecallAtK = [.. recalls.Select(recall => new Estimate(recall, 0.06 * Math.Sqrt(recall) * Math.Sqrt(1 - recall)))],
            AverageRecall = new Estimate(average, 0.02 * average),
            AveragePrecision = new Estimate(precision, 0.006),
            ModelAhead = ahead,
        };

    private static DemoList List(int i)
    {
        // Deterministic: a few waves of different lengths look random enough.
        var wave = Math.Sin(i * 2.3) + (0.6 * Math.Sin(i * 5.1));
        var ideal = 0.75 + (0.08 * wave);
        var population = 0.08 + (0.012 * wave);
        return new DemoList($"advertiser-{i + 1:D2}", (int)Math.Round(200 * Math.Pow(100, i / 19.0)),
            [0.53 + (0.008 * i) + (0.06 * wave / (1 + (0.1 * i))), 0.108 + (0.03 * wave / (1 + (0.2 * i))),
                0.045 + (0.004 * wave / (1 + (0.3 * i)))],
            new DemoAffinity(ideal - 0.10 + (0.003 * i), 0.70 - (0.02 * i) + (0.05 * wave), population, ideal));
    }
}
