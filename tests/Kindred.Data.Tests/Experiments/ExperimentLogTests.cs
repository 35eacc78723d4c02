using Kindred.Data.Experiments;
using Kindred.Experiments;

namespace Kindred.Data.Tests.Experiments;

/// <summary>Tests conditions that must not change the result of reading a log.</summary>
public sealed class ExperimentLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 1L << 30)]
    [InlineData(2, 1L << 30)]
    [InlineData(7, 1L << 30)]
    [InlineData(1, 1)]
    [InlineData(2, 1 << 16)]
    [InlineData(7, 1 << 18)]
    public void Threads_and_memory_change_no_bit(int threads, long memory)
    {
        var rows = SampleLog.Rows(12_000, 1);
        string[] files = [.. Enumerable.Range(0, 5).Select(i => LogFiles.Write(_folder, $"log{i}", i % 3, i, [.. rows.Skip(i * 2_400).Take(2_400)]).File)];
        var expected = ExperimentLog.Read(SampleLog.Options(files), null, default);
        var actual = ExperimentLog.Read(SampleLog.Options(files) with { Threads = threads, MemoryBytes = memory, SpillFolder = _folder.Path }, null, default);

        Assert.Equal(DataText.Of(expected), DataText.Of(actual));
        Assert.True(expected.Units.Min() > 50 && expected.Days.Count == 6 && expected.Problems.Count > 1);
        // Only the files of the log and no spilled files.
        Assert.Equal(files.Length, Directory.GetFileSystemEntries(_folder.Path).Length);
    }

    [Fact]
    public void A_small_memory_limit_spills_to_a_file()
    {
        var file = LogFiles.Write(_folder, "log", 0, 0, SampleLog.Rows(12_000, 1)).File;
        var spill = Directory.CreateDirectory(_folder["spill"]).FullName;
        var seen = 0;
        ExperimentLog.Read(
            SampleLog.Options(file) with { MemoryBytes = 1 << 16, SpillFolder = spill },
            _ => seen = Math.Max(seen, Directory.GetDirectories(spill).Length), default);
        Assert.Equal(1, seen);
        Assert.Empty(Directory.GetFileSystemEntries(spill));
    }

    [Fact]
    public void No_files_are_left_after_an_error()
    {
        var file = LogFiles.Write(_folder, "log", 0, 0, SampleLog.Rows(12_000, 1)).File;
        var damaged = _folder["damaged.csv"];
        File.WriteAllText(damaged, File.ReadAllText(file) + "u1,12\n");
        var spill = Directory.CreateDirectory(_folder["spill"]).FullName;
        var error = Assert.ThrowsAny<KindredException>(() => ExperimentLog.Read(SampleLog.Options(file, damaged) with { MemoryBytes = 1 << 16, SpillFolder = spill }, null, default));
        Assert.Contains("damaged.csv, line 12002", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(spill));
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.75)]
    [InlineData(0.9)]
    public void No_files_are_left_after_cancellation(double when)
    {
        var file = LogFiles.Write(_folder, "log", 0, 0, SampleLog.Rows(30_000, 1)).File;
        var spill = Directory.CreateDirectory(_folder["spill"]).FullName;
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => ExperimentLog.Read(
            SampleLog.Options(file) with { MemoryBytes = 1 << 16, SpillFolder = spill, Threads = 2 },
            fraction =>
            {
                if (fraction > when) stop.Cancel();
            },
            stop.Token));
        Assert.Empty(Directory.GetFileSystemEntries(spill));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_named_with_a_remedy()
    {
        var file = LogFiles.Write(_folder, "log", 0, 0, SampleLog.Rows(12_000, 1)).File;
        var options = SampleLog.Options(file) with { MemoryBytes = 1 << 16, SpillFolder = Path.Combine(file, "inside") };
        var error = Assert.ThrowsAny<KindredException>(() => ExperimentLog.Read(options, null, default));
        Assert.Equal(ErrorKind.Output, error.Kind);
        Assert.Contains("allow more memory", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_goes_up_to_one()
    {
        var reported = new List<double>();
        ExperimentLog.Read(SampleLog.Options(LogFiles.Write(_folder, "log", 0, 0, SampleLog.Rows(30_000, 1)).File) with { Threads = 2 }, reported.Add, default);
        Assert.Equal(reported.Order(), reported);
        Assert.Equal(1, reported[^1]);
        Assert.True(reported.Count > 10);
    }

    [Fact]
    public void The_order_of_rows_changes_neither_counts_nor_sums()
    {
        var rows = SampleLog.Rows(12_000, 2).Select(row => row with { Id = "", Age = "" }).DistinctBy(row => (row.Unit, row.Time)).ToArray();
        var shuffled = rows.ToArray();
        new Random(3).Shuffle(shuffled);
        var options = SampleLog.Options() with { Segments = ["country"], EventId = null };
        options = options with { Metrics = [.. options.Metrics.Where(metric => metric.Covariate is null)] };
        var one = ExperimentLog.Read(options with { Files = [LogFiles.Write(_folder, "one", 0, 0, rows).File] }, null, default);
        var other = ExperimentLog.Read(options with { Files = [LogFiles.Write(_folder, "other", 0, 0, shuffled).File] }, null, default);

        Assert.Equal(one.Units, other.Units);
        Assert.Equal(one.Problems.Select(problem => (problem.Kind, problem.Rows, problem.Units)), other.Problems.Select(problem => (problem.Kind, problem.Rows, problem.Units)));
        for (var i = 0; i < one.Metrics.Count; i++)
        {
            AssertClose(one.Metrics[i].Arms, other.Metrics[i].Arms);
            for (var day = 0; day < one.Days.Count; day++) AssertClose(one.Days[day].Metrics[i], other.Days[day].Metrics[i]);
            for (var segment = 0; segment < one.Segments.Count; segment++) AssertClose(one.Segments[segment].Metrics[i], other.Segments[segment].Metrics[i]);
        }
    }

    [Fact]
    public void A_table_of_one_row_per_unit_equals_its_log_of_events()
    {
        // Sums of whole numbers are exact in any order.
        var random = new Random(5);
        var units = Enumerable.Range(0, 300).Select(i => (Id: $"u{i}", Arm: $"{(char)('a' + i % 2)}", Views: 1 + random.Next(9), Clicks: random.Next(4), Spend: random.Next(3) * 25, Country: $"C{i % 3}")).ToList();
        var table = _folder.Text("table.csv", "id,arm,view,click,spend,country\n" + string.Concat(units.Select(unit => $"{unit.Id},{unit.Arm},{unit.Views},{unit.Clicks},{unit.Spend},{unit.Country}\n")));
        var events = units.SelectMany(unit =>
            Enumerable.Repeat($"{unit.Id},{unit.Arm},view,,{unit.Country}", unit.Views).Concat(Enumerable.Repeat($"{unit.Id},{unit.Arm},click,,{unit.Country}", unit.Clicks))
            .Append($"{unit.Id},{unit.Arm},buy,{unit.Spend},{unit.Country}")).ToArray();
        random.Shuffle(events);
        var log = _folder.Text("log.csv", "id,arm,kind,amount,country\n" + string.Join('\n', events) + "\n");
        var options = new ExperimentLogOptions
        {
            Files = [table],
            Unit = "id",
            Arm = "arm",
            Segments = ["country"],
            Metrics =
            [
                new Metric { Name = "click", Kind = MetricKind.Mean, Numerator = new Quantity { Name = "click" } },
                new Metric { Name = "ctr", Kind = MetricKind.Ratio, Numerator = new Quantity { Name = "click" }, Denominator = new Quantity { Name = "view" } },
                new Metric { Name = "spend", Kind = MetricKind.Mean, Numerator = new Quantity { Name = "spend" }, Cap = 40 },
                new Metric { Name = "buyers", Kind = MetricKind.Share, Numerator = new Quantity { Name = "spend" } },
            ],
        };
        var ofTable = ExperimentLog.Read(options, null, default);
        var spend = new Quantity { Name = "spend", Event = "buy", Column = "amount" };
        var ofLog = ExperimentLog.Read(
            options with { Files = [log], Event = "kind", Metrics = [.. options.Metrics.Select(metric => metric.Numerator.Name == "spend" ? metric with { Numerator = spend } : metric)] },
            null, default);

        string[] names = [.. options.Metrics.Select(metric => metric.Name)];
        Assert.Equal(names, ofLog.Metrics.Select(metric => metric.Metric.Name));
        Assert.Equal(DataText.Of(ofTable), DataText.Of(ofLog with { Rows = ofTable.Rows }));
        // Rows without ids are separate units, which are the same here.
        var anonymous = ExperimentLog.Read(options with { Unit = null }, null, default);
        Assert.Equal(ofTable.Units, anonymous.Units);
        for (var i = 0; i < names.Length; i++) AssertClose(ofTable.Metrics[i].Arms, anonymous.Metrics[i].Arms);
    }

    private static void AssertClose(IReadOnlyList<MetricMoments> one, IReadOnlyList<MetricMoments> other)
    {
        for (var arm = 0; arm < one.Count; arm++)
        {
            Assert.Equal(one[arm].Units, other[arm].Units);
            for (var i = 0; i < MetricMoments.Variables; i++)
            {
                Assert.Equal(one[arm].Mean(i), other[arm].Mean(i), 1e-12 * (1 + Math.Abs(one[arm].Mean(i))));
                for (var j = i; j < MetricMoments.Variables; j++) Assert.Equal(one[arm].Covariance(i, j), other[arm].Covariance(i, j), 1e-10 * (1 + Math.Abs(one[arm].Covariance(i, j))));
            }
        }
    }
}
