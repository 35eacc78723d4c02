using Kindred.Data.Experiments;
using Kindred.Experiments;

namespace Kindred.Data.Tests.Experiments;

/// <summary>Logs of real experiments, which are not in the repository. <c>KINDRED_DATA</c> is their folder.</summary>
public sealed class ExperimentLogRealDataTests
{
    [Fact]
    public void Hillstrom_has_the_counts_in_its_README()
    {
        // From README.txt next to the data: units, visits, conversions and spend of each arm.
        var data = ExperimentLog.Read(
            new ExperimentLogOptions
            {
                Files = [Path.Combine(Data("experiments/hillstrom"), "experiment.csv.gz")],
                Arm = "segment",
                Control = "No E-Mail",
                Segments = ["zip_code"],
                Metrics =
                [
                    Mean("visit"), Mean("conversion"), Mean("spend"), Mean("spend") with { Name = "adjusted", Covariate = "history" },
                    Mean("spend") with { Name = "capped", CapQuantile = 0.9 },
                ],
            },
            null, TestContext.Current.CancellationToken);

        Assert.Equal(["No E-Mail", "Mens E-Mail", "Womens E-Mail"], data.Arms);
        Assert.Equal([21306, 21307, 21387], data.Units);
        Assert.Equal(64_000, data.Rows);
        Assert.Empty(data.Problems);
        Assert.Empty(data.Days);
        Assert.Equal([0.10617, 0.18276, 0.1514], data.Metrics[0].Arms.Select(arm => Math.Round(arm.Mean(0), 5)));
        Assert.Equal([0.00573, 0.01253, 0.00884], data.Metrics[1].Arms.Select(arm => Math.Round(arm.Mean(0), 5)));
        Assert.Equal([0.6528, 1.4226, 1.0772], data.Metrics[2].Arms.Select(arm => Math.Round(arm.Mean(0), 4)));
        Assert.True(data.Metrics[3].HasBefore && !data.Metrics[2].HasBefore);
        // python3: statistics.mean of history over all rows is 242.08565578125.
        Assert.Equal(242.08565578125, data.Metrics[3].Arms.Sum(arm => arm.Sum(2)) / 64_000, 1e-9);
        Assert.InRange(data.Metrics[4].CappedUnits.Sum(), 1, 0.1 * 578);
        Assert.Equal(["Rural", "Surburban", "Urban"], data.Segments.Select(segment => segment.Value));
        Assert.Equal(64_000, data.Segments.Sum(segment => segment.Units.Sum()));
    }

    private static Metric Mean(string name) => new() { Name = name, Kind = MetricKind.Mean, Numerator = new Quantity { Name = name } };

    private static string Data(string name)
    {
        var root = Environment.GetEnvironmentVariable("KINDRED_DATA");
        Assert.SkipWhen(string.IsNullOrEmpty(root), $"KINDRED_DATA is not set to the folder of real data, so nothing is tested on '{name}'.");
        var folder = Path.Combine(root!, name);
        Assert.SkipUnless(Directory.Exists(folder), $"KINDRED_DATA has no folder '{name}', so nothing is tested on it.");
        return folder;
    }
}
