namespace Kindred.Data.Batches;

/// <summary>A batch of rows of a table, column by column.</summary>
internal sealed class TableBatch
{
    /// <summary>Maximum rows of a batch.</summary>
    public const int Capacity = 8192;

    private readonly List<(int Column, BatchColumn Target)> _columns = [];
    private BatchColumn[][] _targets = [];

    /// <summary>The columns, numbered as by the reader, and the receivers of their values.</summary>
    public IReadOnlyList<(int Column, BatchColumn Target)> Columns => _columns;

    /// <summary>[rows] the line or row of the file at which each row starts.</summary>
    public long[] Lines { get; } = new long[Capacity];

    /// <summary>Prepares the batch for another table.</summary>
    public void Clear()
    {
        _columns.Clear();
        _targets = [];
    }

    /// <summary>Adds a column.</summary>
    public void Add(int column, BatchColumn target)
    {
        _columns.Add((column, target));
        if (column >= _targets.Length) Array.Resize(ref _targets, column + 1);
        _targets[column] = [.. _targets[column] ?? [], target];
    }

    /// <summary>The receivers of the values of one column.</summary>
    public ReadOnlySpan<BatchColumn> TargetsOf(int column) => column < _targets.Length ? _targets[column] : default;
}
