using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Kindred.Data.Parquet;

/// <summary>Reads the positions of the pages of each column, which the library does not expose.</summary>
internal static class ParquetFooter
{
    // A footer ends in its length and the letters PAR1.
    private const int TailBytes = 8;

    /// <summary>Reads a footer.</summary>
    /// <returns>[row groups][columns] the start of the first page and the bytes of all pages; null if the footer is not
    /// understood.</returns>
    public static IReadOnlyList<IReadOnlyList<(long Start, long Bytes)>>? TryRead(SafeFileHandle file)
    {
        Span<byte> tail = stackalloc byte[TailBytes];
        var end = RandomAccess.GetLength(file) - TailBytes;
        if (end < 0 || RandomAccess.Read(file, tail, end) < TailBytes) return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (length < 0 || length > end) return null;
        var bytes = new byte[length];
        if (RandomAccess.Read(file, bytes, end - length) < length) return null;
        var reader = new ThriftReader(bytes);
        var groups = new List<IReadOnlyList<(long, long)>>();
        return TryGroups(ref reader, groups) ? groups : null;
    }

    private static bool TryGroups(ref ThriftReader reader, List<IReadOnlyList<(long, long)>> groups)
    {
        for (var id = 0; ;)
        {
            if (!reader.TryField(ref id, out var type)) return false;
            if (type == 0) return true;
            if (id != 4 || type != ThriftReader.List)
            {
                if (!reader.TrySkip(type)) return false;
                continue;
            }

            if (!reader.TryList(out var count, out _)) return false;
            for (var i = 0; i < count; i++)
            {
                var columns = new List<(long, long)>();
                if (!TryColumns(ref reader, columns)) return false;
                groups.Add(columns);
            }
        }
    }

    private static bool TryColumns(ref ThriftReader reader, List<(long, long)> columns)
    {
        for (var id = 0; ;)
        {
            if (!reader.TryField(ref id, out var type)) return false;
            if (type == 0) return true;
            if (id != 1 || type != ThriftReader.List)
            {
                if (!reader.TrySkip(type)) return false;
                continue;
            }

            if (!reader.TryList(out var count, out _)) return false;
            for (var i = 0; i < count; i++)
            {
                if (!TryChunk(ref reader, out var pages)) return false;
                columns.Add(pages);
            }
        }
    }

    private static bool TryChunk(ref ThriftReader reader, out (long Start, long Bytes) pages)
    {
        pages = default;
        for (var id = 0; ;)
        {
            if (!reader.TryField(ref id, out var type)) return false;
            if (type == 0) return true;
            if (id == 3 && type == ThriftReader.Struct ? !TryPages(ref reader, out pages) : !reader.TrySkip(type)) return false;
        }
    }

    private static bool TryPages(ref ThriftReader reader, out (long Start, long Bytes) pages)
    {
        var (bytes, data, dictionary) = (0L, 0L, 0L);
        pages = default;
        for (var id = 0; ;)
        {
            if (!reader.TryField(ref id, out var type)) return false;
            if (type == 0) break;
            var number = 0L;
            if (type == ThriftReader.Int64 ? !reader.TryNumber(out number) : !reader.TrySkip(type)) return false;
            if (id == 7) bytes = number;
            if (id == 9) data = number;
            if (id == 11) dictionary = number;
        }

        pages = (dictionary > 0 && dictionary < data ? dictionary : data, bytes);
        return true;
    }
}
