using Kindred.Data.Values;

namespace Kindred.Data.Batches;

/// <summary>A column of points in time.</summary>
/// <param name="format">Their form in texts; null for the usual ones.</param>
internal sealed class TimeColumn(TimestampFormat? format = null) : BatchColumn
{
    /// <summary>The value for a missing or unreadable time.</summary>
    public const long None = long.MinValue;

    private readonly long[] _times = new long[TableBatch.Capacity];

    /// <summary>[rows] Unix milliseconds, or <see cref="None"/>.</summary>
    public ReadOnlySpan<long> Times => _times;

    public override bool TakesNumbers => true;

    public override bool TakesTimes => true;

    public override void Set(int row, ReadOnlySpan<byte> utf8) =>
        _times[row] = (format is null ? Timestamp.TryParse(utf8, out var time) : format.TryRead(utf8, out time)) ? time : None;

    public override void SetNumbers(int firstRow, ReadOnlySpan<double> numbers)
    {
        for (var i = 0; i < numbers.Length; i++) _times[firstRow + i] = Timestamp.TryUnix(numbers[i], out var time) ? time : None;
    }

    public override void SetTimes(int firstRow, ReadOnlySpan<long> times)
    {
        for (var i = 0; i < times.Length; i++) _times[firstRow + i] = Timestamp.IsInRange(times[i]) ? times[i] : None;
    }
}
