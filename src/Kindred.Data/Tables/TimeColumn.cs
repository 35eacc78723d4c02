namespace Kindred.Data.Tables;

/// <summary>Points in time.</summary>
internal sealed class TimeColumn : BatchColumn
{
    /// <summary>Where there is no time, or none that can be read.</summary>
    public const long None = long.MinValue;

    private readonly long[] _times = new long[TableBatch.Capacity];

    /// <summary>[rows] Unix milliseconds, or <see cref="None"/>.</summary>
    public ReadOnlySpan<long> Times => _times;

    public override bool TakesNumbers => true;

    public override bool TakesTimes => true;

    public override void Set(int row, ReadOnlySpan<byte> utf8) => _times[row] = Timestamp.TryParse(utf8, out var time) ? time : None;

    public override void SetNumber(int row, double number) => _times[row] = Timestamp.TryUnix(number, out var time) ? time : None;

    public override void SetTime(int row, long time) => _times[row] = Timestamp.IsInRange(time) ? time : None;
}
