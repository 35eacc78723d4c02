using System.Runtime.InteropServices;
using ParquetSharp;

namespace Kindred.Data.Parquet;

/// <summary>A Parquet column of lists of numbers, read row by row.</summary>
/// <remarks>A new list starts at every entry with repetition level 0; an entry below the highest definition level is missing.</remarks>
internal abstract class ParquetList(int column) : IDisposable
{
    /// <summary>Maximum numbers of a row: a few bytes of a file can claim billions.</summary>
    public const int MostValues = 1 << 16;

    protected const int BufferValues = 1 << 14;

    private readonly List<float> _row = [];

    /// <summary>The index of the column.</summary>
    public int Column { get; } = column;

    /// <summary>The numbers of the last row; missing ones are NaN.</summary>
    public ReadOnlySpan<float> Values => CollectionsMarshal.AsSpan(_row);

    /// <summary>Creates a reader of a column; null if its type is not supported.</summary>
    public static ParquetList? Create(ColumnDescriptor descriptor, int column) => descriptor.PhysicalType switch
    {
        PhysicalType.Float => new ParquetList<float>(column, x => x),
        PhysicalType.Double => new ParquetList<double>(column, x => (float)x),
        PhysicalType.Int32 => new ParquetList<int>(column, x => x),
        PhysicalType.Int64 => new ParquetList<long>(column, x => x),
        _ => null,
    };

    /// <summary>Opens a row group.</summary>
    public abstract void Open(RowGroupReader group);

    /// <summary>Reads the list of the next row.</summary>
    /// <returns>False if it has more than <see cref="MostValues"/> numbers; then nothing more can be read.</returns>
    public bool Next()
    {
        _row.Clear();
        if (!Peek(out _)) throw new InvalidDataException("a column is shorter than its row group says");
        do
        {
            if (Take(out var value)) _row.Add(value);
            if (_row.Count > MostValues) return false;
        }
        while (Peek(out var starts) && !starts);
        return true;
    }

    public abstract void Dispose();

    /// <summary>Peeks at the next entry.</summary>
    /// <param name="starts">True if it starts a row.</param>
    /// <returns>True if there is one.</returns>
    protected abstract bool Peek(out bool starts);

    /// <summary>Takes the next entry.</summary>
    /// <returns>False if it marks an empty list instead of an element.</returns>
    protected abstract bool Take(out float value);
}

/// <summary>A column of lists of one type.</summary>
internal sealed class ParquetList<T>(int column, Func<T, float> toSingle) : ParquetList(column)
    where T : unmanaged
{
    private readonly short[] _definitions = new short[BufferValues];
    private readonly short[] _repetitions = new short[BufferValues];
    private readonly T[] _values = new T[BufferValues];
    private ColumnReader<T>? _reader;
    private int _elementLevel;
    private bool _nullable;
    private int _count;
    private int _at;
    private int _nextValue;

    public override void Open(RowGroupReader group)
    {
        _reader?.Dispose();
        _reader = (ColumnReader<T>)group.Column(Column);
        using var node = _reader.ColumnDescriptor.SchemaNode;
        _nullable = node.Repetition == Repetition.Optional;
        _elementLevel = _reader.ColumnDescriptor.MaxDefinitionLevel;
        _count = _at = 0;
    }

    public override void Dispose() => _reader?.Dispose();

    protected override bool Peek(out bool starts)
    {
        if (_at == _count)
        {
            _count = (int)_reader!.ReadBatch(BufferValues, _definitions, _repetitions, _values, out _);
            _at = _nextValue = 0;
        }

        starts = _at < _count && _repetitions[_at] == 0;
        return _at < _count;
    }

    protected override bool Take(out float value)
    {
        var level = _definitions[_at++];
        value = level == _elementLevel ? toSingle(_values[_nextValue++]) : float.NaN;
        // One level below is a null element, if elements are nullable; lower levels mean an empty or null list.
        return level == _elementLevel || (_nullable && level == _elementLevel - 1);
    }
}
