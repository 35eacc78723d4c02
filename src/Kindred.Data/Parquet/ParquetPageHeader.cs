
namespace Kindred.Data.Parquet;

/// <summary>The sizes in the header of a Parquet page, which uses Thrift's compact protocol.</summary>
/// <param name="Uncompressed">Bytes of the page, decompressed.</param>
/// <param name="Compressed">Bytes that follow the header.</param>
/// <param name="HeaderBytes">Bytes of the header.</param>
internal readonly record struct ParquetPageHeader(long Uncompressed, long Compressed, int HeaderBytes)
{
    /// <summary>Reads a header.</summary>
    /// <param name="bytes">Bytes that start with it.</param>
    /// <param name="header">The header.</param>
    /// <returns>False if it is not a header or is incomplete.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ParquetPageHeader header)
    {
        header = default;
        var reader = new ThriftReader(bytes);
        long? uncompressed = null, compressed = null;
        for (var id = 0; ;)
        {
            if (!reader.TryField(ref id, out var type)) return false;
            if (type == 0) break;
            if (type == ThriftReader.Int32 && id is 2 or 3)
            {
                if (!reader.TryNumber(out var number)) return false;
                if (id == 2) uncompressed = number;
                else compressed = number;
            }
            else if (!reader.TrySkip(type))
            {
                return false;
            }
        }

        if (uncompressed is not { } full || compressed is not { } kept) return false;
        header = new ParquetPageHeader(full, kept, reader.At);
        return true;
    }
}
