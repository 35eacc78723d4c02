namespace Kindred.Data.Tables;

/// <summary>Some rows of a table, column by column.</summary>
internal sealed class TableBatch
{
    /// <summary>The most rows of a batch.</summary>
    public const int Capacity = 8192;

    /// <summary>Numbers of columns of the table, as found by its <see cref="TableReader.Find"/>, and where their values go.</summary>
    public List<(int Column, BatchColumn Target)> Columns { get; } = [];

    /// <summary>[rows] the line or row of the file that each row starts at.</summary>
    public long[] Lines { get; } = new long[Capacity];
}
