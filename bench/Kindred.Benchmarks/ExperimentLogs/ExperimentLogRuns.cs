using System.Globalization;
using DuckDB.NET.Data;
using Kindred.Data.Experiments;
using Kindred.Experiments;

namespace Kindred.Benchmarks.ExperimentLogs;

/// <summary>The two sides of <see cref="ExperimentLogBenchmark"/>, and the log.</summary>
internal static class ExperimentLogRuns
{
    // Per arm: the number of units, then sums and sums of squares of clicks and spend, and the sum of clicks times views.
    private const string Query = """
        SELECT arm, count(*), sum(clicks), sum(clicks * clicks), sum(spend), sum(spend * spend), sum(views), sum(clicks * views), count(*) FILTER (spend > 0)
        FROM (
            SELECT unit, arm, (count(*) FILTER (event = 'click'))::DOUBLE AS clicks, (count(*) FILTER (event = 'view'))::DOUBLE AS views,
                coalesce(sum(value) FILTER (event = 'purchase'), 0) AS spend
            FROM read_parquet('LOG') GROUP BY unit, arm)
        GROUP BY arm ORDER BY arm
        """;

    // Events over four weeks in time order. All other values are derived from a hash of the row number.
    private const string Log = """
        COPY (
            SELECT printf('u%09d', hash(i) % UNITS) AS unit, epoch_ms(1700006400000 + (i * 2419200000 // ROWS)) AS time,
                CASE WHEN hash(i) % UNITS % 2 = 0 THEN 'control' ELSE 'treatment' END AS arm,
                CASE WHEN hash(i + 1000000000000) % 100 < 85 THEN 'view' WHEN hash(i + 1000000000000) % 100 < 96 THEN 'click' ELSE 'purchase' END AS event,
                CASE WHEN hash(i + 1000000000000) % 100 >= 96 THEN (hash(i + 2000000000000) % 10000) / 100.0 END::DOUBLE AS value
            FROM range(ROWS) AS t(i)) TO 'LOG' (FORMAT parquet)
        """;

    /// <summary>Writes a log.</summary>
    public static string Generate(string log, long rows, long units, int threads)
    {
        using var connection = Open(log, threads, 2L << 30);
        Execute(connection, Log.Replace("UNITS", $"{units}", StringComparison.Ordinal).Replace("ROWS", $"{rows}", StringComparison.Ordinal)
            .Replace("LOG", log, StringComparison.Ordinal));
        return log;
    }

    public static ExperimentLogResult Ours(string log, int threads, long memory)
    {
        var options = new ExperimentLogOptions
        {
            Files = [log],
            Unit = "unit",
            Time = "time",
            Arm = "arm",
            Event = "event",
            Metrics =
            [
                Mean("click"), new Metric { Name = "spend", Kind = MetricKind.Mean, Numerator = Spend }, Mean("view"),
                new Metric { Name = "ctr", Kind = MetricKind.Ratio, Numerator = Count("click"), Denominator = Count("view") },
                new Metric { Name = "buyers", Kind = MetricKind.Share, Numerator = Spend },
            ],
            Threads = threads,
            SpillFolder = Path.GetDirectoryName(log),
        };
        options = options with { MemoryBytes = memory - (ExperimentLog.PeakBytes(options) - options.MemoryBytes) };
        return ExperimentLogResult.Of(() =>
            ExperimentLog.Read(options, null, CancellationToken.None) is var data ? [.. data.Arms.SelectMany((_, arm) => SumsOf(data, arm))] : []);
    }

    public static ExperimentLogResult DuckDb(string log, int threads, long memory)
    {
        using var connection = Open(log, threads, memory);
        using var command = connection.CreateCommand();
        command.CommandText = Query.Replace("LOG", log, StringComparison.Ordinal);
        return ExperimentLogResult.Of(() =>
        {
            using var reader = command.ExecuteReader();
            var sums = new List<double>();
            while (reader.Read())
            {
                for (var i = 1; i < reader.FieldCount; i++) sums.Add(Convert.ToDouble(reader.GetValue(i), CultureInfo.InvariantCulture));
            }

            return sums;
        });
    }

    private static Quantity Spend => new() { Name = "spend", Event = "purchase", Column = "value" };

    private static Quantity Count(string kind) => new() { Name = kind };

    private static Metric Mean(string kind) => new() { Name = kind, Kind = MetricKind.Mean, Numerator = Count(kind) };

    private static IEnumerable<double> SumsOf(ExperimentData data, int arm)
    {
        MetricMoments clicks = data.Metrics[0].Arms[arm], spend = data.Metrics[1].Arms[arm], views = data.Metrics[2].Arms[arm],
            ratio = data.Metrics[3].Arms[arm];
        return
        [
            data.Units[arm], clicks.Sum(0), Products(clicks, 0, 0), spend.Sum(0), Products(spend, 0, 0), views.Sum(0),
            Products(ratio, 0, 1), data.Metrics[4].Arms[arm].Sum(0),
        ];
    }

    private static double Products(MetricMoments moments, int one, int other) =>
        moments.Covariance(one, other) * (moments.Units - 1) + moments.Mean(one) * moments.Mean(other) * moments.Units;

    private static DuckDBConnection Open(string log, int threads, long memory)
    {
        var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        Execute(connection, $"SET threads = {threads}; SET memory_limit = '{memory >> 20}MiB'; SET temp_directory = '{Path.GetDirectoryName(log)}'; SET preserve_insertion_order = true;");
        return connection;
    }

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
