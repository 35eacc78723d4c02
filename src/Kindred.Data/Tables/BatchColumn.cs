namespace Kindred.Data.Tables;

/// <summary>Takes the values of one column for a batch of rows, in the form in which they are needed.</summary>
internal abstract class BatchColumn
{
    /// <summary>Whether numbers that a file stores as such are wanted as numbers, and not as the text that they would be.</summary>
    public virtual bool TakesNumbers => false;

    /// <summary>Whether points in time that a file stores as such are wanted.</summary>
    public virtual bool TakesTimes => false;

    /// <summary>Takes a value as text; empty where there is none.</summary>
    public abstract void Set(int row, ReadOnlySpan<byte> utf8);

    /// <summary>Takes stored numbers of rows that follow each other.</summary>
    public virtual void SetNumbers(int firstRow, ReadOnlySpan<double> numbers) => throw new NotSupportedException();

    /// <summary>Takes stored points in time, in Unix milliseconds.</summary>
    public virtual void SetTimes(int firstRow, ReadOnlySpan<long> times) => throw new NotSupportedException();
}
