namespace Kindred.Data.Parquet;

/// <summary>The sizes in the header of a Parquet page, which uses Thrift's compact protocol.</summary>
internal readonly record struct ParquetPageHeader
{
    private const int DictionaryPage = 2;
    private const int NewDataPage = 3;

    // The fields with the rest of the header: of data pages of either version, and of dictionaries.
    private const int Data = 5;
    private const int Dictionary = 7;
    private const int NewData = 8;

    /// <summary>Bytes of the page, decompressed.</summary>
    public long Uncompressed { get; private init; }

    /// <summary>Bytes that follow the header.</summary>
    public long Compressed { get; private init; }

    /// <summary>Bytes of the header.</summary>
    public int HeaderBytes { get; private init; }

    /// <summary>The number of values that it claims; none for other kinds of pages, which the library passes over.</summary>
    public int Values { get; private init; }

    /// <summary>The way in which a data page stores its values.</summary>
    public int Encoding { get; private init; }

    /// <summary>True for the values of a dictionary, which the data pages point to.</summary>
    public bool IsDictionary { get; private init; }

    /// <summary>Reads a header.</summary>
    /// <param name="bytes">Bytes that start with it.</param>
    /// <param name="header">The header.</param>
    /// <returns>False if it is not a header or is incomplete.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ParquetPageHeader header)
    {
        header = default;
        var reader = new ThriftReader(bytes);
        var (kind, full, kept, seen) = (-1, 0, 0, 0UL);
        (int Values, int Encoding) data = default, dictionary = default, newData = default;
        for (var id = 0; ;)
        {
            if (!reader.TryOnlyField(ref id, ref seen, out var type)) return false;
            if (type == 0) break;
            var read = (id, type) switch
            {
                (1, ThriftReader.Int32) => reader.TryNumber(out kind),
                (2, ThriftReader.Int32) => reader.TryNumber(out full),
                (3, ThriftReader.Int32) => reader.TryNumber(out kept),
                (Data, ThriftReader.Struct) => TryValues(ref reader, 2, out data),
                (Dictionary, ThriftReader.Struct) => TryValues(ref reader, 2, out dictionary),
                (NewData, ThriftReader.Struct) => TryValues(ref reader, 4, out newData),
                _ => reader.TrySkip(type),
            };
            if (!read) return false;
        }

        // Both sizes are required.
        if ((seen & 0b1100) != 0b1100) return false;
        var (values, encoding) = kind switch { 0 => data, DictionaryPage => dictionary, NewDataPage => newData, _ => default };
        header = new ParquetPageHeader
        {
            Uncompressed = full,
            Compressed = kept,
            HeaderBytes = reader.At,
            Values = values,
            Encoding = encoding,
            IsDictionary = kind == DictionaryPage,
        };
        return true;
    }

    private static bool TryValues(ref ThriftReader reader, int encodingField, out (int Values, int Encoding) rest)
    {
        rest = default;
        var seen = 0UL;
        for (var id = 0; ;)
        {
            if (!reader.TryOnlyField(ref id, ref seen, out var type)) return false;
            if (type == 0) return true;
            var read = type != ThriftReader.Int32 ? reader.TrySkip(type)
                : id == 1 ? reader.TryNumber(out rest.Values)
                : id == encodingField ? reader.TryNumber(out rest.Encoding)
                : reader.TrySkip(type);
            if (!read) return false;
        }
    }
}
