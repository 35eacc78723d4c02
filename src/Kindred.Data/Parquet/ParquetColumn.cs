using Kindred.Data.Batches;
using ParquetSharp;

namespace Kindred.Data.Parquet;

/// <summary>One batch of values of one Parquet column.</summary>
internal abstract class ParquetColumn : IDisposable
{
    /// <summary>True if every value has a single form as an id.</summary>
    public abstract bool HoldsIds { get; }

    /// <summary>The most values of the row group to decode at a time.</summary>
    public int Step { get; set; } = int.MaxValue;

    /// <summary>Creates a reader for a column; null if its type is not supported.</summary>
    public static ParquetColumn? Create(ColumnDescriptor descriptor, int batchRows)
    {
        if (descriptor.MaxRepetitionLevel > 0 || descriptor.MaxDefinitionLevel > 1) return null;
        using var logical = LogicalTypeOf(descriptor);
        return (descriptor.PhysicalType, logical) switch
        {
            (PhysicalType.ByteArray,
                { Type: LogicalTypeEnum.String or LogicalTypeEnum.None or LogicalTypeEnum.Enum or LogicalTypeEnum.Json }) =>
                new ParquetTextColumn(batchRows),
            (_, DecimalLogicalType { Scale: >= 0 } type) => ParquetDecimals.Create(descriptor, type.Scale, batchRows),
            (PhysicalType.Int32, IntLogicalType { IsSigned: false, BitWidth: 32 }) =>
                new ParquetNumberColumn<int>(batchRows, holdsIds: true, x => (uint)x) { ToText = (x, text) => ParquetText.Of((uint)x, text) },
            (PhysicalType.Int64, IntLogicalType { IsSigned: false, BitWidth: 64 }) =>
                new ParquetNumberColumn<long>(batchRows, holdsIds: true, x => (ulong)x) { ToText = (x, text) => ParquetText.Of((ulong)x, text) },
            (PhysicalType.Int32, { Type: LogicalTypeEnum.Int or LogicalTypeEnum.None or LogicalTypeEnum.Nil }) =>
                new ParquetNumberColumn<int>(batchRows, holdsIds: true, x => x),
            (PhysicalType.Int64, { Type: LogicalTypeEnum.Int or LogicalTypeEnum.None }) =>
                new ParquetNumberColumn<long>(batchRows, holdsIds: true, x => x),
            (PhysicalType.Float, { Type: LogicalTypeEnum.None }) => new ParquetNumberColumn<float>(batchRows, holdsIds: false, x => x),
            (PhysicalType.Double, { Type: LogicalTypeEnum.None }) => new ParquetNumberColumn<double>(batchRows, holdsIds: false, x => x),
            (PhysicalType.Boolean, _) => new ParquetNumberColumn<bool>(batchRows, holdsIds: false, x => x ? 1 : 0),
            (PhysicalType.Int32, { Type: LogicalTypeEnum.Date }) =>
                new ParquetNumberColumn<int>(batchRows, holdsIds: false, x => x, days => days * 86_400_000L) { ToText = ParquetText.OfDate },
            (PhysicalType.Int64, TimestampLogicalType { TimeUnit: var unit }) => OfTimes(batchRows, ToMilliseconds(unit)),
            (PhysicalType.Int32 or PhysicalType.Int64, TimeLogicalType { TimeUnit: var unit }) =>
                ParquetText.OfTimesOfDay(descriptor.PhysicalType, unit, batchRows),
            (PhysicalType.Int96, _) => new ParquetNumberColumn<Int96>(batchRows, holdsIds: false, x => ToMilliseconds(x), ToMilliseconds)
            {
                ToText = (x, text) => ParquetText.OfTime(ToMilliseconds(x), text),
            },
            (PhysicalType.FixedLenByteArray, { Type: LogicalTypeEnum.Uuid }) when descriptor.TypeLength == 16 =>
                new ParquetRenderedColumn<FixedLenByteArray>(batchRows, holdsIds: true, ParquetText.OfUuid),
            (PhysicalType.FixedLenByteArray, { Type: LogicalTypeEnum.Float16 }) when descriptor.TypeLength == 2 =>
                new ParquetRenderedColumn<FixedLenByteArray>(batchRows, holdsIds: false, ParquetText.OfHalf),
            (PhysicalType.FixedLenByteArray, { Type: LogicalTypeEnum.None }) when descriptor.TypeLength is >= 1 and <= ParquetText.MostFixedBytes =>
                new ParquetRenderedColumn<FixedLenByteArray>(batchRows, holdsIds: true, ParquetText.OfFixed(descriptor.TypeLength)),
            _ => null,
        };
    }

    /// <summary>The logical type of a column; null for an unknown one, in a damaged file or from a future writer.</summary>
    public static LogicalType? LogicalTypeOf(ColumnDescriptor descriptor)
    {
        try
        {
            return descriptor.LogicalType;
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>Opens a row group.</summary>
    public abstract void Open(RowGroupReader group, int column);

    /// <summary>Reads the next <paramref name="rows"/> values.</summary>
    public abstract void Fill(int rows);

    /// <summary>A value as text; empty if null.</summary>
    public abstract ReadOnlySpan<byte> Utf8(int row);

    /// <summary>Reads a value as a number; false if it is null or the column does not store numbers.</summary>
    public abstract bool TryNumber(int row, out double number);

    /// <summary>Reads a value as a point in time; false if it is null or the column does not store times.</summary>
    public abstract bool TryUnixMilliseconds(int row, out long time);

    /// <summary>Reads the next <paramref name="rows"/> values and passes them on instead of storing them.</summary>
    /// <param name="rows">The number of values.</param>
    /// <param name="targets">The receivers.</param>
    public abstract void ReadTo(int rows, ReadOnlySpan<BatchColumn> targets);

    /// <inheritdoc/>
    public abstract void Dispose();

    private static ParquetNumberColumn<long> OfTimes(int batchRows, Func<long, long> toMilliseconds) =>
        new(batchRows, holdsIds: false, x => x, toMilliseconds) { ToText = (x, text) => ParquetText.OfTime(toMilliseconds(x), text) };

    /// <summary>A time of Spark, Hive and Impala: nanoseconds of the day, and the Julian day.</summary>
    private static long ToMilliseconds(Int96 time)
    {
        const long julianDayOf1970 = 2_440_588;
        var nanoseconds = (long)((ulong)(uint)time.B << 32 | (uint)time.A);
        return ((uint)time.C - julianDayOf1970) * 86_400_000L + (long)Math.Floor(nanoseconds / 1e6);
    }

    private static Func<long, long> ToMilliseconds(TimeUnit unit) => unit switch
    {
        TimeUnit.Nanos => x => (long)Math.Floor(x / 1e6),
        TimeUnit.Micros => x => (long)Math.Floor(x / 1e3),
        _ => x => x,
    };
}

/// <summary>Reads the values and nulls of a column.</summary>
internal abstract class ParquetColumn<T>(int batchRows) : ParquetColumn
    where T : unmanaged
{
    private readonly short[] _levels = new short[batchRows];
    private readonly short[] _repetitions = new short[batchRows];
    private readonly T[] _packed = new T[batchRows];
    private ColumnReader<T>? _reader;
    private bool _nullable;

    public override void Open(RowGroupReader group, int column)
    {
        _reader?.Dispose();
        _reader = (ColumnReader<T>)group.Column(column);
        _nullable = _reader.ColumnDescriptor.MaxDefinitionLevel > 0;
    }

    public override void Fill(int rows)
    {
        for (var done = 0; done < rows;)
        {
            var read = ReadSome(rows - done, out _);
            var next = 0;
            for (var i = 0; i < read; i++)
            {
                var present = !_nullable || _levels[i] > 0;
                Store(done + i, present, present ? _packed[next++] : default);
            }

            done += read;
        }
    }

    public override void ReadTo(int rows, ReadOnlySpan<BatchColumn> targets)
    {
        for (var done = 0; done < rows;)
        {
            var read = ReadSome(rows - done, out var values);
            foreach (var target in targets)
            {
                if (values == read) Pass(target, done, _packed.AsSpan(0, read));
                else PassSome(target, done, read);
            }

            done += read;
        }
    }

    public override void Dispose() => _reader?.Dispose();

    /// <summary>Stores a value; the memory that it points to is valid only until the next batch.</summary>
    protected abstract void Store(int row, bool present, T value);

    /// <summary>Passes on the values of consecutive rows.</summary>
    protected abstract void Pass(BatchColumn target, int firstRow, ReadOnlySpan<T> values);

    private int ReadSome(int asked, out int values)
    {
        asked = Math.Min(asked, Step);
        var read = (int)_reader!.ReadBatch(
            asked, _levels.AsSpan(0, asked), _repetitions.AsSpan(0, asked), _packed.AsSpan(0, asked), out var count);
        values = (int)count;
        if (read == 0 && !_nullable) read = values;
        return read > 0 ? read : throw new InvalidDataException("a column is shorter than its row group says");
    }

    private void PassSome(BatchColumn target, int firstRow, int rows)
    {
        var next = 0;
        for (var i = 0; i < rows; i++)
        {
            if (_levels[i] > 0) Pass(target, firstRow + i, _packed.AsSpan(next++, 1));
            else target.Set(firstRow + i, default);
        }
    }
}

/// <summary>A column of numbers, booleans or times.</summary>
internal sealed class ParquetNumberColumn<T>(int batchRows, bool holdsIds, Func<T, double> toNumber, Func<T, long>? toTime = null)
    : ParquetColumn<T>(batchRows)
    where T : unmanaged
{
    private readonly T[] _values = new T[batchRows];
    private readonly bool[] _present = new bool[batchRows];
    private readonly byte[] _text = new byte[64];
    private readonly double[] _numbers = new double[batchRows];
    private readonly long[] _times = new long[toTime is null ? 0 : batchRows];

    /// <summary>Writes a value as text; null to write the number.</summary>
    public ParquetText.Writer<T>? ToText { get; init; }

    public override bool HoldsIds => holdsIds;

    public override ReadOnlySpan<byte> Utf8(int row) => _present[row] ? Utf8(_values[row]) : default;

    private ReadOnlySpan<byte> Utf8(T value)
    {
        if (value is bool flag) return flag ? "true"u8 : "false"u8;
        if (ToText is not null) return _text.AsSpan(0, ToText(value, _text));
        ((IUtf8SpanFormattable)value).TryFormat(_text, out var written, default, System.Globalization.CultureInfo.InvariantCulture);
        return _text.AsSpan(0, written);
    }

    public override bool TryNumber(int row, out double number)
    {
        number = _present[row] ? toNumber(_values[row]) : 0;
        return _present[row];
    }

    public override bool TryUnixMilliseconds(int row, out long time)
    {
        time = 0;
        if (toTime is null || !_present[row]) return false;
        time = toTime(_values[row]);
        return true;
    }

    protected override void Store(int row, bool present, T value)
    {
        _present[row] = present;
        _values[row] = value;
    }

    protected override void Pass(BatchColumn target, int firstRow, ReadOnlySpan<T> values)
    {
        if (toTime is not null && target.TakesTimes)
        {
            for (var i = 0; i < values.Length; i++) _times[i] = toTime(values[i]);
            target.SetTimes(firstRow, _times.AsSpan(0, values.Length));
        }
        else if (target.TakesNumbers)
        {
            for (var i = 0; i < values.Length; i++) _numbers[i] = toNumber(values[i]);
            target.SetNumbers(firstRow, _numbers.AsSpan(0, values.Length));
        }
        else
        {
            for (var i = 0; i < values.Length; i++) target.Set(firstRow + i, Utf8(values[i]));
        }
    }
}

/// <summary>A column of text.</summary>
internal sealed class ParquetTextColumn(int batchRows) : ParquetColumn<ByteArray>(batchRows)
{
    private const int MostBytes = 1 << 26;

    private readonly int[] _starts = new int[batchRows + 1];
    private byte[] _bytes = new byte[1 << 16];

    public override bool HoldsIds => true;

    public override ReadOnlySpan<byte> Utf8(int row) => _bytes.AsSpan(_starts[row], _starts[row + 1] - _starts[row]);

    public override bool TryNumber(int row, out double number)
    {
        number = 0;
        return false;
    }

    public override bool TryUnixMilliseconds(int row, out long time)
    {
        time = 0;
        return false;
    }

    protected override unsafe void Pass(BatchColumn target, int firstRow, ReadOnlySpan<ByteArray> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            target.Set(firstRow + i, new ReadOnlySpan<byte>((void*)values[i].Pointer, values[i].Length));
        }
    }

    public override void Open(RowGroupReader group, int column)
    {
        using var chunk = group.MetaData.GetColumnChunkMetaData(column);
        // A page is decompressed as a whole, so impossible sizes are refused before.
        var batches = (group.MetaData.NumRows / TableBatch.Capacity) + 1;
        if (chunk.TotalUncompressedSize / MostBytes > batches)
        {
            throw TooLong($"{chunk.TotalUncompressedSize:N0} bytes in {group.MetaData.NumRows:N0} rows");
        }

        base.Open(group, column);
    }

    protected override unsafe void Store(int row, bool present, ByteArray value)
    {
        var start = _starts[row];
        var length = start + (long)(present ? value.Length : 0);
        // A dictionary's long value can be in every row of a small file.
        if (length > MostBytes) throw TooLong($"more than {MostBytes:N0} bytes in {TableBatch.Capacity:N0} rows");
        var end = (int)length;
        if (end > _bytes.Length) Array.Resize(ref _bytes, Math.Max(end, _bytes.Length * 2));
        if (present) new ReadOnlySpan<byte>((void*)value.Pointer, value.Length).CopyTo(_bytes.AsSpan(start));
        _starts[row + 1] = end;
    }

    private static OversizedTextException TooLong(string size) => new($"the values of a column take {size}");
}
