namespace Kindred.Data.Tables;

/// <summary>Some rows of a table, column by column.</summary>
internal sealed class TableBatch
{
    /// <summary>The most rows of a batch.</summary>
    public const int Capacity = 8192;

    private readonly List<(int Column, BatchColumn Target)> _columns = [];
    private BatchColumn[][] _targets = [];

    /// <summary>Numbers of columns of the table, as found by its <see cref="TableReader.Find"/>, and where their values go.</summary>
    public IReadOnlyList<(int Column, BatchColumn Target)> Columns => _columns;

    /// <summary>[rows] the line or row of the file that each row starts at.</summary>
    public long[] Lines { get; } = new long[Capacity];

    /// <summary>Starts on another table.</summary>
    public void Clear()
    {
        _columns.Clear();
        _targets = [];
    }

    /// <summary>Asks for a column.</summary>
    public void Add(int column, BatchColumn target)
    {
        _columns.Add((column, target));
        if (column >= _targets.Length) Array.Resize(ref _targets, column + 1);
        _targets[column] = [.. _targets[column] ?? [], target];
    }

    /// <summary>Where the values of one column go: usually to one.</summary>
    public ReadOnlySpan<BatchColumn> TargetsOf(int column) => column < _targets.Length ? _targets[column] : default;
}
