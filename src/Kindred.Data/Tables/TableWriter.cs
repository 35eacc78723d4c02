namespace Kindred.Data.Tables;

/// <summary>Writes a table row by row: CSV, gzip-compressed CSV or Parquet, by the ending of the file's name.</summary>
/// <remarks>Memory is bounded for any number of rows, and the same rows give the same bytes. Values are given in the order
/// of the columns; then comes <see cref="EndRow"/>. A table is whole only after <see cref="Complete"/>.</remarks>
public abstract class TableWriter : IDisposable
{
    private int _next;

    /// <summary>Creates a writer of the given columns.</summary>
    protected TableWriter(IReadOnlyList<TableColumn> columns) => Columns = columns;

    /// <summary>The columns.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>Rows written so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Starts a file: <c>.csv</c>, <c>.csv.gz</c> or <c>.parquet</c>. A file of that name is replaced.</summary>
    /// <exception cref="KindredException">The ending is another one, or the file cannot be written.</exception>
    public static TableWriter Create(string file, IReadOnlyList<TableColumn> columns) => file switch
    {
        _ when file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) => CsvTableWriter.CreateFile(file, columns, gzip: false),
        _ when file.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase) => CsvTableWriter.CreateFile(file, columns, gzip: true),
        _ when file.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase) => ParquetTableWriter.CreateFile(file, columns),
        _ => throw new KindredException(ErrorKind.Usage, "unknown_table_format",
            $"'{file}' names no format of a table.", "End it in .csv, .csv.gz or .parquet.")
        {
            Values = new Dictionary<string, object?> { ["file"] = file },
        },
    };

    /// <summary>Writes the next value of the row, in UTF-8.</summary>
    public void Write(ReadOnlySpan<byte> utf8) => WriteText(Next(ColumnType.Text), utf8);

    /// <summary>Writes the next value of the row.</summary>
    public void Write(float value) => WriteFloat32(Next(ColumnType.Float32), value);

    /// <summary>Writes the next value of the row.</summary>
    public void Write(int value) => WriteInt32(Next(ColumnType.Int32), value);

    /// <summary>Writes the next value of the row.</summary>
    public void Write(long value) => WriteInt64(Next(ColumnType.Int64), value);

    /// <summary>Writes the next value of the row.</summary>
    public void Write(byte value) => WriteUInt8(Next(ColumnType.UInt8), value);

    /// <summary>Leaves the next value of the row out.</summary>
    public void WriteMissing()
    {
        var column = _next < Columns.Count ? _next : throw TooMany();
        if (!Columns[column].Optional) throw new InvalidOperationException($"Column '{Columns[column].Name}' is not optional.");
        _next++;
        WriteNull(column);
    }

    /// <summary>Ends the row, which must have a value for every column.</summary>
    public void EndRow()
    {
        if (_next != Columns.Count) throw new InvalidOperationException($"The row has {_next} values for {Columns.Count} columns.");
        _next = 0;
        Rows++;
        FinishRow();
    }

    /// <summary>Writes the rest and closes the file.</summary>
    /// <exception cref="KindredException">The disk is full or fails.</exception>
    public abstract void Complete();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the file, whole or not.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>Writes a text.</summary>
    protected abstract void WriteText(int column, ReadOnlySpan<byte> utf8);

    /// <summary>Writes a number.</summary>
    protected abstract void WriteFloat32(int column, float value);

    /// <summary>Writes a number.</summary>
    protected abstract void WriteInt32(int column, int value);

    /// <summary>Writes a number.</summary>
    protected abstract void WriteInt64(int column, long value);

    /// <summary>Writes a number.</summary>
    protected abstract void WriteUInt8(int column, byte value);

    /// <summary>Writes a missing value.</summary>
    protected abstract void WriteNull(int column);

    /// <summary>Ends the row after its last value.</summary>
    protected abstract void FinishRow();

    private int Next(ColumnType type)
    {
        if (_next >= Columns.Count) throw TooMany();
        if (Columns[_next].Type != type)
        {
            throw new InvalidOperationException($"Column '{Columns[_next].Name}' holds {Columns[_next].Type}, not {type}.");
        }

        return _next++;
    }

    private InvalidOperationException TooMany() => new($"The row has more than {Columns.Count} values.");
}
