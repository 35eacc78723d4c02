namespace Kindred.Data.Batches;

/// <summary>Receives the values of one column for a batch of rows, as text, numbers or times.</summary>
internal abstract class BatchColumn
{
    /// <summary>True to receive stored numbers as numbers, and not as text.</summary>
    public virtual bool TakesNumbers => false;

    /// <summary>True to receive stored points in time as times.</summary>
    public virtual bool TakesTimes => false;

    /// <summary>Receives a value as text; empty if missing.</summary>
    public abstract void Set(int row, ReadOnlySpan<byte> utf8);

    /// <summary>Receives stored numbers of consecutive rows.</summary>
    public virtual void SetNumbers(int firstRow, ReadOnlySpan<double> numbers) => throw new NotSupportedException();

    /// <summary>Receives stored points in time of consecutive rows, in Unix milliseconds.</summary>
    public virtual void SetTimes(int firstRow, ReadOnlySpan<long> times) => throw new NotSupportedException();
}
