using System.Runtime.InteropServices;
using Kindred.Data.Folders;
using ParquetSharp;
using ParquetSharp.Schema;

namespace Kindred.Data.Tables;

/// <summary>Writes Parquet in row groups of a fixed number of rows.</summary>
internal sealed class ParquetTableWriter : TableWriter
{
    private const int GroupRows = 1 << 17;

    // Text may be long: a row group also ends when one column reaches this size.
    private const int GroupBytes = 1 << 26;

    private readonly string _file;
    private readonly ParquetFileWriter _writer;
    private readonly Pending[] _pending;
    private int _rows;
    private bool _full;

    private ParquetTableWriter(string file, ParquetFileWriter writer, IReadOnlyList<TableColumn> columns)
        : base(columns)
    {
        _file = file;
        _writer = writer;
        _pending = [.. columns.Select(column => new Pending(column))];
    }

    public static ParquetTableWriter CreateFile(string file, IReadOnlyList<TableColumn> columns) => Guard(file, () =>
    {
        using var builder = new WriterPropertiesBuilder();
        builder.Compression(Compression.Zstd).CreatedBy("kindred").DisableDictionary();
        // A dictionary pays for repeating values such as attributes; ids and scores are nearly all different.
        foreach (var column in columns.Where(column => column is { Type: ColumnType.Text, Optional: true }))
        {
            builder.EnableDictionary(column.Name);
        }

        using var properties = builder.Build();
        using var schema = new GroupNode("schema", Repetition.Required, [.. columns.Select(Node)]);
        return new ParquetTableWriter(file, new ParquetFileWriter(file, schema, properties), columns);
    });

    public override void Complete() => Guard(_file, () =>
    {
        if (_rows > 0) WriteGroup();
        _writer.Close();
        return true;
    });

    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;
        try
        {
            Guard(_file, () =>
            {
                _writer.Dispose();
                return true;
            });
        }
        catch (KindredException)
        {
            // Without Complete the file is abandoned, usually because of an error that this one must not hide.
        }
    }

    protected override void WriteText(int column, ReadOnlySpan<byte> utf8) => _full |= _pending[column].AddText(utf8) > GroupBytes;

    protected override void WriteFloat32(int column, float value) => _pending[column].Add(value);

    protected override void WriteInt32(int column, int value) => _pending[column].Add(value);

    protected override void WriteInt64(int column, long value) => _pending[column].Add(value);

    protected override void WriteUInt8(int column, byte value) => _pending[column].Add((int)value);

    protected override void WriteNull(int column) => _pending[column].AddNull();

    protected override void FinishRow()
    {
        if (++_rows < GroupRows && !_full) return;
        Guard(_file, () =>
        {
            WriteGroup();
            return true;
        });
    }

    private void WriteGroup()
    {
        using var group = _writer.AppendRowGroup();
        foreach (var pending in _pending)
        {
            using var column = group.NextColumn();
            pending.WriteTo(column);
        }

        group.Close();
        _rows = 0;
        _full = false;
    }

    private static Node Node(TableColumn column)
    {
        var (logical, physical) = column.Type switch
        {
            ColumnType.Text => (LogicalType.String(), PhysicalType.ByteArray),
            ColumnType.Float32 => (LogicalType.None(), PhysicalType.Float),
            ColumnType.Int32 => (LogicalType.Int(32, true), PhysicalType.Int32),
            ColumnType.UInt8 => (LogicalType.Int(8, false), PhysicalType.Int32),
            _ => (LogicalType.Int(64, true), PhysicalType.Int64),
        };
        using (logical)
        {
            return new PrimitiveNode(column.Name, column.Optional ? Repetition.Optional : Repetition.Required, logical, physical);
        }
    }

    // The native library reports a full disk with an exception of its own.
    private static T Guard<T>(string file, Func<T> work) => OutputErrors.Guard(file, () =>
    {
        try
        {
            return work();
        }
        catch (ParquetException error)
        {
            throw new IOException(error.Message, error);
        }
    });

    /// <summary>The values of one column that are not yet in the file; nulls are only in the levels.</summary>
    private sealed class Pending(TableColumn column)
    {
        private readonly List<short> _levels = [];
        private readonly List<byte> _text = [];
        private readonly List<int> _ends = [];
        private readonly List<float> _floats = [];
        private readonly List<int> _ints = [];
        private readonly List<long> _longs = [];

        public int AddText(ReadOnlySpan<byte> utf8)
        {
            _text.AddRange(utf8);
            _ends.Add(_text.Count);
            _levels.Add(1);
            return _text.Count;
        }

        public void Add(float value)
        {
            _floats.Add(value);
            _levels.Add(1);
        }

        public void Add(int value)
        {
            _ints.Add(value);
            _levels.Add(1);
        }

        public void Add(long value)
        {
            _longs.Add(value);
            _levels.Add(1);
        }

        public void AddNull() => _levels.Add(0);

        public void WriteTo(ColumnWriter writer)
        {
            switch (column.Type)
            {
                case ColumnType.Text:
                    WriteText((ColumnWriter<ByteArray>)writer);
                    break;
                case ColumnType.Float32:
                    Write((ColumnWriter<float>)writer, _floats);
                    break;
                case ColumnType.Int64:
                    Write((ColumnWriter<long>)writer, _longs);
                    break;
                default:
                    Write((ColumnWriter<int>)writer, _ints);
                    break;
            }

            _levels.Clear();
        }

        private unsafe void WriteText(ColumnWriter<ByteArray> writer)
        {
            var values = new List<ByteArray>(_ends.Count);
            fixed (byte* text = CollectionsMarshal.AsSpan(_text))
            {
                var start = 0;
                foreach (var end in _ends)
                {
                    values.Add(new ByteArray((nint)(text + start), end - start));
                    start = end;
                }

                Write(writer, values);
            }

            _text.Clear();
            _ends.Clear();
        }

        private void Write<T>(ColumnWriter<T> writer, List<T> values)
            where T : unmanaged
        {
            var span = CollectionsMarshal.AsSpan(values);
            if (column.Optional) writer.WriteBatch(_levels.Count, CollectionsMarshal.AsSpan(_levels), default, span);
            else writer.WriteBatch(span);
            values.Clear();
        }
    }
}
