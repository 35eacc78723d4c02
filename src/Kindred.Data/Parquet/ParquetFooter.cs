using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Kindred.Data.Parquet;

/// <summary>Reads the positions of the pages of each column, which the library does not expose, and refuses a footer that would take the
/// library much memory: it makes an object of every entry, before it looks at what the entry says.</summary>
internal static class ParquetFooter
{
    // A footer ends in its length and the letters PAR1.
    private const int TailBytes = 8;

    private const int MostBytes = 1 << 26;

    // The library takes about a kilobyte for each.
    private const int MostChunks = 1 << 19;

    private const int MostEntries = 1 << 23;

    /// <summary>Reads a footer.</summary>
    /// <returns>[row groups][columns] their pages.</returns>
    /// <exception cref="InvalidDataException">It is not a footer, or is too large.</exception>
    public static IReadOnlyList<IReadOnlyList<ParquetChunk>> Read(SafeFileHandle file)
    {
        Span<byte> tail = stackalloc byte[TailBytes];
        var end = RandomAccess.GetLength(file) - TailBytes;
        if (end < 0 || RandomAccess.Read(file, tail, end) < TailBytes) throw new InvalidDataException("it has no footer");
        if (!tail.EndsWith("PAR1"u8)) throw new InvalidDataException("it does not end in PAR1");
        var length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (length < 0 || length > end) throw new InvalidDataException($"its footer claims {length:N0} bytes, and the file has {end:N0}");
        if (length > MostBytes) throw new InvalidDataException($"its footer claims {length:N0} bytes; at most {MostBytes:N0} are read");
        var bytes = new byte[length];
        if (RandomAccess.Read(file, bytes, end - length) < length) throw new InvalidDataException("its footer is cut off");
        var reader = new ThriftReader(bytes);
        return Groups(ref reader);
    }

    /// <summary>The error of bytes that are no footer.</summary>
    public static InvalidDataException NotUnderstood() => new("its footer is not understood");

    private static List<IReadOnlyList<ParquetChunk>> Groups(ref ThriftReader reader)
    {
        var groups = new List<IReadOnlyList<ParquetChunk>>();
        var (seen, chunks) = (0UL, 0);
        for (var id = 0; ;)
        {
            if (!reader.TryOnlyField(ref id, ref seen, out var type)) throw NotUnderstood();
            if (type == 0) return groups;
            if (id == 2 && type == ThriftReader.List)
            {
                ParquetSchemaCheck.Read(ref reader);
            }
            else if (id == 4 && type == ThriftReader.List)
            {
                for (var left = Count(ref reader); left > 0; left--)
                {
                    groups.Add(Columns(ref reader, MostChunks - chunks));
                    chunks += groups[^1].Count;
                }
            }
            else if (!(id is 5 or 7 && type == ThriftReader.List ? reader.TrySkipList(ThriftReader.Struct) : reader.TrySkip(type)))
            {
                throw NotUnderstood();
            }

            CheckEntries(reader.Elements);
        }
    }

    private static void CheckEntries(int entries)
    {
        if (entries <= MostEntries) return;
        throw new InvalidDataException($"its footer has {entries:N0} entries; at most {MostEntries:N0} are read");
    }

    private static int Count(ref ThriftReader reader) =>
        reader.TryList(out var count, out var type) && (type == ThriftReader.Struct || count == 0) ? count : throw NotUnderstood();

    private static List<ParquetChunk> Columns(ref ThriftReader reader, int most)
    {
        var columns = new List<ParquetChunk>();
        var seen = 0UL;
        for (var id = 0; ;)
        {
            if (!reader.TryOnlyField(ref id, ref seen, out var type)) throw NotUnderstood();
            if (type == 0) return columns;
            if (id == 1 && type == ThriftReader.List)
            {
                var count = Count(ref reader);
                if (count > most)
                {
                    var all = MostChunks - most + (long)count;
                    throw new InvalidDataException(
                        $"its footer describes {all:N0} columns in all row groups; at most {MostChunks:N0} are read");
                }

                for (var i = 0; i < count; i++) columns.Add(Chunk(ref reader));
                CheckEntries(reader.Elements);
            }
            else if (!(id == 4 && type == ThriftReader.List ? reader.TrySkipList(ThriftReader.Struct) : reader.TrySkip(type)))
            {
                throw NotUnderstood();
            }
        }
    }

    private static ParquetChunk Chunk(ref ThriftReader reader)
    {
        var (chunk, seen) = (default(ParquetChunk), 0UL);
        for (var id = 0; ;)
        {
            if (!reader.TryOnlyField(ref id, ref seen, out var type)) throw NotUnderstood();
            if (type == 0) return chunk;
            if (id == 8 && type == ThriftReader.Struct) throw new InvalidDataException("it is encrypted");
            if (id == 3 && type == ThriftReader.Struct) chunk = Pages(ref reader);
            else if (!reader.TrySkip(type)) throw NotUnderstood();
        }
    }

    private static ParquetChunk Pages(ref ThriftReader reader)
    {
        var (values, bytes, data, dictionary, seen) = (0L, 0L, 0L, 0L, 0UL);
        for (var id = 0; ;)
        {
            if (!reader.TryOnlyField(ref id, ref seen, out var type)) throw NotUnderstood();
            if (type == 0) break;
            var read = (id, type) switch
            {
                (5, ThriftReader.Int64) => reader.TryNumber(out values),
                (7, ThriftReader.Int64) => reader.TryNumber(out bytes),
                (9, ThriftReader.Int64) => reader.TryNumber(out data),
                (11, ThriftReader.Int64) => reader.TryNumber(out dictionary),
                (2, ThriftReader.List) => reader.TrySkipList(ThriftReader.Int32),
                (3, ThriftReader.List) => reader.TrySkipList(ThriftReader.Binary),
                (8 or 13, ThriftReader.List) => reader.TrySkipList(ThriftReader.Struct),
                // Statistics of sizes and of places on Earth, which have lists of numbers.
                (16 or 17, ThriftReader.Struct) => reader.TrySkip(type, numbersOnly: true),
                _ => reader.TrySkip(type),
            };
            if (!read) throw NotUnderstood();
        }

        return new ParquetChunk(dictionary > 0 && dictionary < data ? dictionary : data, bytes, values);
    }
}
