using System.Globalization;
using System.Numerics;
using ParquetSharp;

namespace Kindred.Data.Parquet;

/// <summary>Columns of decimal numbers: a whole number that was multiplied by a power of ten, in any of Parquet's four physical forms.</summary>
internal static class ParquetDecimals
{
    // Databases have 38 or 76 digits.
    private const int MostBytes = 64;

    /// <summary>Creates a reader of a column; null if its numbers are longer than those of any database.</summary>
    /// <param name="descriptor">The column.</param>
    /// <param name="scale">The number of digits after the point. Without any, the column can hold ids.</param>
    /// <param name="batchRows">The most rows of a batch.</param>
    public static unsafe ParquetColumn? Create(ColumnDescriptor descriptor, int scale, int batchRows)
    {
        var length = descriptor.TypeLength;
        if (scale > MostBytes) return null;
        return descriptor.PhysicalType switch
        {
            PhysicalType.Int32 => new ParquetRenderedColumn<int>(batchRows, scale == 0, (value, text) => Write(value, scale, text)),
            PhysicalType.Int64 => new ParquetRenderedColumn<long>(batchRows, scale == 0, (value, text) => Write(value, scale, text)),
            PhysicalType.FixedLenByteArray when length is >= 1 and <= MostBytes => new ParquetRenderedColumn<FixedLenByteArray>(
                batchRows, scale == 0, (value, text) => Write(new ReadOnlySpan<byte>((void*)value.Pointer, length), scale, text)),
            PhysicalType.ByteArray => new ParquetRenderedColumn<ByteArray>(batchRows, scale == 0,
                (value, text) => Write(new ReadOnlySpan<byte>((void*)value.Pointer, value.Length), scale, text)),
            _ => null,
        };
    }

    private static int Write(ReadOnlySpan<byte> bigEndian, int scale, Span<byte> text)
    {
        if (bigEndian.Length > MostBytes)
        {
            throw new InvalidDataException($"a decimal number has {bigEndian.Length:N0} bytes; at most {MostBytes} are read");
        }

        return bigEndian.Length <= sizeof(long) ? Write((long)new BigInteger(bigEndian, isUnsigned: false, isBigEndian: true), scale, text)
            : Write(new BigInteger(bigEndian, isUnsigned: false, isBigEndian: true), scale, text);
    }

    private static int Write<T>(T unscaled, int scale, Span<byte> text)
        where T : IUtf8SpanFormattable, INumber<T>
    {
        unscaled.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        if (scale == 0) return length;
        var sign = T.IsNegative(unscaled) ? 1 : 0;
        // Zeros before the point: 5 of scale 2 is 0.05.
        var missing = scale + 1 - (length - sign);
        if (missing > 0)
        {
            text[sign..length].CopyTo(text[(sign + missing)..]);
            text.Slice(sign, missing).Fill((byte)'0');
            length += missing;
        }

        var point = length - scale;
        text[point..length].CopyTo(text[(point + 1)..]);
        text[point] = (byte)'.';
        return length + 1;
    }
}
