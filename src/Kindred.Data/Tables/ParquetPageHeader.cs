namespace Kindred.Data.Tables;

/// <summary>What the header of a Parquet page says of sizes: a structure of Thrift's compact protocol.</summary>
/// <param name="Uncompressed">Bytes of the page, decompressed.</param>
/// <param name="Compressed">Bytes that follow the header.</param>
/// <param name="HeaderBytes">Bytes of the header.</param>
internal readonly record struct ParquetPageHeader(long Uncompressed, long Compressed, int HeaderBytes)
{
    /// <summary>Reads a header.</summary>
    /// <param name="bytes">What starts with it.</param>
    /// <param name="header">What it says.</param>
    /// <returns>Whether it is one, and all of it is there.</returns>
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
