using Kindred.Data.Batches;
using Kindred.Data.Parquet;
using ParquetSharp;

namespace Kindred.Data.Tables;

/// <summary>The flat columns of a Parquet file, read in batches of rows.</summary>
internal sealed class ParquetTable : TableReader
{
    private const int BatchRows = TableBatch.Capacity;

    private readonly ParquetFileReader _file;
    private readonly ParquetPages _pages;
    private readonly ParquetColumn?[] _columns;
    private readonly long _rows;
    private int _groups;
    private ParquetList? _list;
    private RowGroupReader? _group;
    private int _nextGroup;
    private long _leftInGroup;
    private int _batch;
    private int _at = -1;

    private ParquetTable(string file, ParquetPages pages, ParquetFileReader reader, IReadOnlyList<string> columns)
        : base(file, columns)
    {
        _file = reader;
        _pages = pages;
        _columns = new ParquetColumn?[columns.Count];
        _rows = reader.FileMetaData.NumRows;
        _groups = reader.FileMetaData.NumRowGroups;
    }

    public override double Progress => _rows == 0 ? 1 : (double)Line / _rows;

    public override IReadOnlyList<string> ListColumns =>
        [.. Enumerable.Range(0, Columns.Count).Where(i => _file.FileMetaData.Schema.Column(i).MaxRepetitionLevel == 1).Select(NameOfList)];

    public override ReadOnlySpan<float> List => _list is null ? base.List : _list.Values;

    protected internal override string LineName => "row";

    public static ParquetTable OpenFile(string file)
    {
        var (pages, reader) = (default(ParquetPages), default(ParquetFileReader));
        try
        {
            // Before the library reads the footer.
            pages = new ParquetPages(file);
            using var properties = ReaderProperties.GetDefaultReaderProperties();
            // Otherwise a whole column of a row group is read at once.
            properties.EnableBufferedStream();
            reader = new ParquetFileReader(file, properties);
            var schema = reader.FileMetaData.Schema;
            return new ParquetTable(file, pages, reader,
                [.. Enumerable.Range(0, schema.NumColumns).Select(i => schema.Column(i).Path.ToDotString())]);
        }
        catch (Exception error) when (error is not KindredException)
        {
            reader?.Dispose();
            pages?.Dispose();
            throw Damaged(file, error);
        }
    }

    public override bool CanRead(string column)
    {
        if (!base.CanRead(column)) return false;
        using var readable = ParquetColumn.Create(_file.FileMetaData.Schema.Column(Columns.ToList().IndexOf(column)), 1);
        return readable is not null;
    }

    public override bool Read()
    {
        if (++_at >= _batch && !NextBatch()) return false;
        Line++;
        if (_list is not null) ReadList(_list);
        return true;
    }

    internal override int Parts => _file.FileMetaData.NumRowGroups;

    internal override void SelectPart(int part)
    {
        try
        {
            Line = 0;
            for (var i = 0; i < part; i++)
            {
                using var group = _file.RowGroup(i);
                Line += group.MetaData.NumRows;
            }
        }
        catch (Exception error) when (error is not KindredException)
        {
            throw Damaged(File, error);
        }

        (_nextGroup, _groups, _leftInGroup, _batch, _at) = (part, part + 1, 0, 0, -1);
    }

    internal override int ReadBatch(TableBatch batch)
    {
        if (!NextBatch(batch)) return 0;
        for (var i = 0; i < _batch; i++) batch.Lines[i] = ++Line;
        return _at = _batch;
    }

    public override void SelectList(string column)
    {
        var found = Enumerable.Range(0, Columns.Count)
            .First(i => _file.FileMetaData.Schema.Column(i).MaxRepetitionLevel == 1 && NameOfList(i) == column);
        _list = ParquetList.Create(_file.FileMetaData.Schema.Column(found), found)
            ?? throw Errors.BadFile("unsupported_column_type", File,
                $"row 1, column '{column}': values of this type cannot be read " +
                $"({Type(found)} of {_file.FileMetaData.Schema.Column(found).PhysicalType})",
                "Write the column as lists of float32 or float64");
    }

    public override ReadOnlySpan<byte> Utf8(int column)
    {
        var utf8 = Column(column).Utf8(_at);
        return System.Text.Unicode.Utf8.IsValid(utf8) ? utf8 : throw Errors.BadFile("not_utf8", $"{Place}, column '{Columns[column]}'",
            "the value is not UTF-8", "Write the column as text (UTF-8) or as integers");
    }

    public override long UnixMilliseconds(int column) =>
        Column(column).TryUnixMilliseconds(_at, out var time) ? time : base.UnixMilliseconds(column);

    public override bool TrySingle(int column, out float number)
    {
        var stored = Column(column).TryNumber(_at, out var value);
        number = (float)value;
        return stored || base.TrySingle(column, out number);
    }

    protected internal override bool TryNumber(int column, out double number) =>
        Column(column).TryNumber(_at, out number) || base.TryNumber(column, out number);

    protected internal override void Select(int column) =>
        _columns[column] ??= ParquetColumn.Create(_file.FileMetaData.Schema.Column(column), BatchRows)
            ?? throw Errors.BadFile("unsupported_column_type", File,
                $"row 1, column '{Columns[column]}': values of this type cannot be read ({Type(column)})",
                "Write the column as text, numbers, booleans, dates or times; not nested");

    protected internal override void CheckIds(int column)
    {
        if (Column(column).HoldsIds) return;
        throw Errors.BadFile("unsupported_column_type", File, $"row 1, column '{Columns[column]}': ids are stored as {Type(column)}",
            "Write ids as text or whole numbers: other types have no single way to be written as text");
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;
        foreach (var column in _columns) column?.Dispose();
        _list?.Dispose();
        _group?.Dispose();
        _pages.Dispose();
        _file.Dispose();
    }

    // The column of a list is called after its nested element: embedding.list.element.
    private string NameOfList(int column) => Columns[column].Split('.')[0];

    private void ReadList(ParquetList list)
    {
        try
        {
            if (list.Next()) return;
        }
        catch (Exception error) when (error is not KindredException)
        {
            throw Damaged(File, error, Line - 1);
        }

        throw Errors.BadFile(
            "list_too_long", File, $"row {Line}: a list has more than {ParquetList.MostValues:N0} numbers",
            "No embedding is as long: write one list of numbers per row");
    }

    private ParquetColumn Column(int column) =>
        _columns[column] ?? throw new InvalidOperationException($"Column '{Columns[column]}' was not asked for by Find or Require.");

    private string Type(int column)
    {
        var descriptor = _file.FileMetaData.Schema.Column(column);
        using var logical = ParquetColumn.LogicalTypeOf(descriptor);
        return descriptor.MaxRepetitionLevel > 0
            ? "a list"
            : logical is DecimalLogicalType { Scale: > 0 } type ? $"decimal numbers with {type.Scale} digits after the point"
            : $"{descriptor.PhysicalType} {logical?.Type.ToString() ?? "of an unknown logical type"}";
    }

    private bool NextBatch(TableBatch? to = null)
    {
        try
        {
            while (_leftInGroup == 0)
            {
                if (_nextGroup == _groups) return false;
                _group?.Dispose();
                _group = _file.RowGroup(_nextGroup++);
                _leftInGroup = _group.MetaData.NumRows;
                if (_leftInGroup < 0) throw new InvalidDataException("a row group has fewer rows than none");
                for (var i = 0; i < _columns.Length; i++)
                {
                    if (_columns[i] is null) continue;
                    _columns[i]!.Step = _pages.Check(_nextGroup - 1, i);
                    _columns[i]!.Open(_group, i);
                }

                if (_list is null) continue;
                _pages.Check(_nextGroup - 1, _list.Column);
                _list.Open(_group);
            }

            _batch = (int)Math.Min(BatchRows, _leftInGroup);
            for (var i = 0; i < _columns.Length; i++)
            {
                if (to is null) _columns[i]?.Fill(_batch);
                else _columns[i]?.ReadTo(_batch, to.TargetsOf(i));
            }

            _leftInGroup -= _batch;
            _at = 0;
            return true;
        }
        catch (OversizedTextException error)
        {
            throw Errors.BadFile(
                "values_too_long", File, $"after row {Line}: {error.Message}",
                "Leave the column out, or write shorter values: ids have at most 128 bytes");
        }
        catch (Exception error) when (error is not KindredException)
        {
            throw Damaged(File, error, Line);
        }
    }

    private static KindredException Damaged(string file, Exception error, long? afterRow = null) => Errors.BadFile("damaged_parquet", file,
        $"the Parquet file is damaged or cut off{(afterRow is { } row ? $" after row {row}" : "")} ({Reason(error)})",
        "Copy or write it again, and check that the writer closed it", error);

    // The library says N7parquet16ParquetExceptionE (message: 'the reason').
    private static string Reason(Exception error)
    {
        const string before = "(message: '";
        var message = error.Message;
        var start = message.IndexOf(before, StringComparison.Ordinal);
        return message[(start < 0 ? 0 : start + before.Length)..].Split('\n')[0].TrimEnd('\'', ')', '.');
    }
}
