using Kindred.Data.Batches;

namespace Kindred.Data.Tables;

/// <summary>A table with further columns whose values are in the names of its folders.</summary>
internal sealed class PartitionedTable : TableReader
{
    private readonly TableReader _table;
    private readonly IReadOnlyList<Partition> _keys;
    private readonly int _own;

    public PartitionedTable(TableReader table, IReadOnlyList<Partition> keys)
        : base(table.File, [.. table.Columns, .. keys.Select(key => key.Column)])
    {
        (_table, _keys, _own) = (table, keys, table.Columns.Count);
        Line = table.Line;
    }

    public override double Progress => _table.Progress;

    public override IReadOnlyList<string> ListColumns => _table.ListColumns;

    public override ReadOnlySpan<float> List => _table.List;

    internal override int Parts => _table.Parts;

    protected internal override string LineName => _table.LineName;

    protected internal override long HeaderLine => _table.HeaderLine;

    public override bool CanRead(string column) => base.CanRead(column) && (KeyOf(column) >= 0 || _table.CanRead(column));

    public override void SelectList(string column) => _table.SelectList(column);

    public override bool Read()
    {
        _table.Cancellation = Cancellation;
        _table.Rules = Rules;
        var read = _table.Read();
        Line = _table.Line;
        return read;
    }

    public override ReadOnlySpan<byte> Utf8(int column) => column < _own ? _table.Utf8(column) : _keys[column - _own].Value;

    public override long UnixMilliseconds(int column) => column < _own ? _table.UnixMilliseconds(column) : base.UnixMilliseconds(column);

    public override bool TrySingle(int column, out float number) =>
        column < _own ? _table.TrySingle(column, out number) : base.TrySingle(column, out number);

    internal override void SelectPart(int part)
    {
        _table.SelectPart(part);
        Line = _table.Line;
    }

    internal override int ReadBatch(TableBatch batch)
    {
        if (_table is not ParquetTable) return base.ReadBatch(batch);
        var rows = _table.ReadBatch(batch);
        for (var key = 0; key < _keys.Count; key++)
        {
            foreach (var target in batch.TargetsOf(_own + key))
            {
                for (var row = 0; row < rows; row++) target.Set(row, _keys[key].Value);
            }
        }

        Line = _table.Line;
        return rows;
    }

    protected internal override bool TryNumber(int column, out double number) =>
        column < _own ? _table.TryNumber(column, out number) : base.TryNumber(column, out number);

    protected internal override void Select(int column)
    {
        if (column < _own) _table.Select(column);
    }

    protected internal override void NotFound(string column) => _table.NotFound(column);

    protected internal override KindredException Missing(string column) => _table.Missing(column);

    protected internal override void CheckIds(int column)
    {
        if (column < _own) _table.CheckIds(column);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _table.Dispose();
    }

    private int KeyOf(string column) => Columns.ToList().IndexOf(column, _own);
}
