using System.Globalization;
using System.Text;
using Kindred.Data.Inputs;
using Kindred.Data.Tables;
using Kindred.Data.Values;

namespace Kindred.Data.Tests.Tables;

public sealed class TimestampTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2025-11-30", "2025-11-30T00:00:00")]
    [InlineData("20251130", "2025-11-30T00:00:00")]
    [InlineData("20240229", "2024-02-29T00:00:00")]
    [InlineData("20251130105320", "2025-11-30T10:53:20")]
    [InlineData("20251130T105320Z", "2025-11-30T10:53:20")]
    [InlineData("20251130T105320+0200", "2025-11-30T08:53:20")]
    [InlineData("20251130T105320+02:00", "2025-11-30T08:53:20")]
    [InlineData("2025-11-30 10:53:20 UTC", "2025-11-30T10:53:20")]
    [InlineData("2025-11-30 10:53:20.123456 UTC", "2025-11-30T10:53:20.123")]
    [InlineData("2025-11-30 10:53:20.123456789", "2025-11-30T10:53:20.123")]
    [InlineData("2025-11-30 10:53:20+00", "2025-11-30T10:53:20")]
    [InlineData("2025-11-30 10:53:20.5-08", "2025-11-30T18:53:20.5")]
    [InlineData("2025-11-30 10:53:20.000 -0800", "2025-11-30T18:53:20")]
    [InlineData("2025-11-30T10:53:20.123Z", "2025-11-30T10:53:20.123")]
    [InlineData("2025/11/30", "2025-11-30T00:00:00")]
    [InlineData("2025/11/30 10:53:20", "2025-11-30T10:53:20")]
    [InlineData("2025.11.30 10:53:20.5", "2025-11-30T10:53:20.5")]
    [InlineData("2025/11-30", null)]
    [InlineData("2025/13/30", null)]
    [InlineData("1764500000", "2025-11-30T10:53:20")]
    [InlineData("1764500000.25", "2025-11-30T10:53:20.25")]
    [InlineData("1764500000123", "2025-11-30T10:53:20.123")]
    [InlineData("1764500000123456", "2025-11-30T10:53:20.123")]
    [InlineData("1764500000123456789", "2025-11-30T10:53:20.123")]
    [InlineData("-86400", "1969-12-31T00:00:00")]
    [InlineData("20251301", "1970-08-23T09:21:41")]
    [InlineData("30.11.2025", null)]
    [InlineData("11/30/2025", null)]
    [InlineData("2025-11-30 10:53:20 CET", null)]
    [InlineData("170000000000000000000", null)]
    [InlineData("yesterday", null)]
    [InlineData("", null)]
    public void Times_are_read_as_exports_write_them(string text, string? time)
    {
        var read = Timestamp.TryParse(Encoding.UTF8.GetBytes(text), out var milliseconds);
        Assert.Equal(time is not null, read);
        if (time is not null) Assert.Equal(Milliseconds(time), milliseconds);
    }

    [Theory]
    [InlineData("day-first", "30.11.2025", "2025-11-30T00:00:00")]
    [InlineData("day-first", "03/04/2025 7:05", "2025-04-03T07:05:00")]
    [InlineData("day-first", "30-11-2025, 10:53:20", "2025-11-30T10:53:20")]
    [InlineData("day-first", "30-Nov-2025", "2025-11-30T00:00:00")]
    [InlineData("day-first", "11/30/2025", null)]
    [InlineData("month-first", "03/04/2025", "2025-03-04T00:00:00")]
    [InlineData("month-first", "11/30/2025 10:53:20 PM", "2025-11-30T22:53:20")]
    [InlineData("month-first", "30/11/2025", null)]
    [InlineData("%d.%m.%Y %H:%M", "30.11.2025 10:53", "2025-11-30T10:53:00")]
    [InlineData("%Y%m%d%H%M", "202511301053", "2025-11-30T10:53:00")]
    [InlineData("%m/%d/%y", "1/2/25", "2025-01-02T00:00:00")]
    [InlineData("%d %b %Y", "5 Nov 2025", "2025-11-05T00:00:00")]
    [InlineData("%Y-%m-%dT%H:%M:%S.%f%z", "2025-11-30T10:53:20.5+01:00", "2025-11-30T09:53:20.5")]
    [InlineData("day %d of %m/%Y 100%%", "day 30 of 11/2025 100%", "2025-11-30T00:00:00")]
    [InlineData("%d.%m.%Y", "2025-11-30", null)]
    public void A_given_form_is_read_and_no_other(string format, string text, string? time)
    {
        var known = TimestampFormat.TryParse(format, out var problem);
        Assert.Null(problem);
        Assert.Equal(time is not null, known!.TryRead(Encoding.UTF8.GetBytes(text), out var milliseconds));
        if (time is not null) Assert.Equal(Milliseconds(time), milliseconds);
    }

    [Theory]
    [InlineData("dd.MM.yyyy")]
    [InlineData("%q")]
    [InlineData("%d %")]
    public void A_form_that_is_none_is_told(string format)
    {
        Assert.Null(TimestampFormat.TryParse(format, out var problem));
        Assert.Contains($"'{format}'", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void The_form_holds_for_texts_of_a_table()
    {
        var file = _folder.Text("i.csv", "user_id,item_id,timestamp\na,1,30.11.2025\nb,1,01.12.2025\n");
        var rules = new TableRules { Timestamps = TimestampFormat.TryParse("day-first", out _) };
        var read = InteractionReader.Read([file], null, new InteractionOptions { Rules = rules });
        Assert.Equal([Milliseconds("2025-11-30T00:00:00"), Milliseconds("2025-12-01T00:00:00")], read.LatestTimestamps!);
        var error = Assert.Throws<RowException>(() => InteractionReader.Read([file]));
        Assert.Equal(RowProblem.BadTime, error.Reason);
        Assert.Contains("the day comes first", error.Remedy, StringComparison.Ordinal);
    }

    private static long Milliseconds(string time) =>
        DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds();
}
