using Kindred.Data.Experiments;
using Kindred.Experiments;

namespace Kindred.Data.Tests.Experiments;

/// <summary>A log of some thousand events with options that use every feature.</summary>
internal static class SampleLog
{
    public const long First = 19_000 * 86_400_000L;

    public static LogRow[] Rows(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Row(random))];
    }

    public static ExperimentLogOptions Options(params string[] files) => new()
    {
        Files = files,
        Unit = "unit",
        Arm = "arm",
        Time = "time",
        Event = "kind",
        EventId = "id",
        Start = First + 2 * 86_400_000L,
        PreDays = 2,
        Segments = ["country", "device"],
        Metrics =
        [
            new Metric { Name = "clicks", Kind = MetricKind.Mean, Numerator = new Quantity { Name = "click" } },
            new Metric { Name = "spend", Kind = MetricKind.Mean, Numerator = new Quantity { Name = "spend", Event = "buy", Column = "amount" } },
            new Metric { Name = "capped", Kind = MetricKind.Mean, Numerator = new Quantity { Name = "spend", Event = "buy", Column = "amount" }, CapQuantile = 0.9 },
            new Metric { Name = "ctr", Kind = MetricKind.Ratio, Numerator = new Quantity { Name = "click" }, Denominator = new Quantity { Name = "view" } },
            new Metric { Name = "buyers", Kind = MetricKind.Share, Numerator = new Quantity { Name = "buy" } },
            new Metric { Name = "by age", Kind = MetricKind.Mean, Numerator = new Quantity { Name = "click" }, Covariate = "age" },
            new Metric { Name = "middle", Kind = MetricKind.Quantile, Numerator = new Quantity { Name = "amount" } },
        ],
    };

    private static LogRow Row(Random random)
    {
        var unit = random.Next(400);
        var kind = (string[])["view", "view", "view", "click", "buy"];
        return new LogRow(
            $"u{unit}", $"{First + random.NextInt64(8 * 86_400_000L)}", random.Next(200) == 0 ? "" : $"arm {unit % 3}", kind[random.Next(5)], $"{random.Next(100_000)}",
            FormattableString.Invariant($"{random.NextDouble() * 100:F3}"), "1", $"C{unit % 7}", random.Next(2) == 0 ? "phone" : "desk", random.Next(9) == 0 ? $"{unit % 60}" : "");
    }
}
