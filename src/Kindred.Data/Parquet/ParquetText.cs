using System.Globalization;
using ParquetSharp;

namespace Kindred.Data.Parquet;

/// <summary>Writes values of Parquet's types as text, each in one way only.</summary>
internal static class ParquetText
{
    /// <summary>The longest value of a fixed length that is read.</summary>
    public const int MostFixedBytes = 1 << 10;

    /// <summary>Writes a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="text">Receives its UTF-8.</param>
    /// <returns>The number of bytes.</returns>
    public delegate int Writer<in T>(T value, Span<byte> text);

    public static int Of<T>(T value, Span<byte> text)
        where T : IUtf8SpanFormattable
    {
        value.TryFormat(text, out var written, default, CultureInfo.InvariantCulture);
        return written;
    }

    public static int OfDate(int days, Span<byte> text) =>
        OfTicks(days * TimeSpan.TicksPerDay, "yyyy-MM-dd", text) is > 0 and var written ? written : Of(days, text);

    public static int OfTime(long unixMilliseconds, Span<byte> text) =>
        OfTicks(unixMilliseconds * TimeSpan.TicksPerMillisecond, "yyyy-MM-ddTHH:mm:ss.fffZ", text) is > 0 and var written ? written
            : Of(unixMilliseconds, text);

    /// <summary>A column of times of day: 10:53:20 or 10:53:20.123456.</summary>
    public static ParquetColumn? OfTimesOfDay(PhysicalType type, TimeUnit unit, int batchRows)
    {
        const double ticksPerNanosecond = 1e-2;
        var ticks = unit switch { TimeUnit.Nanos => ticksPerNanosecond, TimeUnit.Micros => 10, _ => (double)TimeSpan.TicksPerMillisecond };
        return type == PhysicalType.Int32
            ? new ParquetNumberColumn<int>(batchRows, holdsIds: false, x => x) { ToText = (x, text) => Write(x, text) }
            : new ParquetNumberColumn<long>(batchRows, holdsIds: false, x => x) { ToText = Write };

        int Write(long value, Span<byte> text)
        {
            var time = new TimeSpan((long)Math.Clamp(value * ticks, 0, TimeSpan.TicksPerDay));
            time.TryFormat(text, out var written, time.Ticks % TimeSpan.TicksPerSecond == 0 ? @"hh\:mm\:ss" : @"hh\:mm\:ss\.FFFFFFF", CultureInfo.InvariantCulture);
            return written;
        }
    }

    public static unsafe int OfUuid(FixedLenByteArray value, Span<byte> text)
    {
        new Guid(new ReadOnlySpan<byte>((void*)value.Pointer, 16), bigEndian: true).TryFormat(text, out var written, "D");
        return written;
    }

    public static unsafe int OfHalf(FixedLenByteArray value, Span<byte> text) =>
        Of(BitConverter.ToHalf(new ReadOnlySpan<byte>((void*)value.Pointer, 2)), text);

    public static unsafe Writer<FixedLenByteArray> OfFixed(int length) => (value, text) =>
    {
        new ReadOnlySpan<byte>((void*)value.Pointer, length).CopyTo(text);
        return length;
    };

    private static int OfTicks(long ticksSince1970, string format, Span<byte> text)
    {
        var ticks = DateTime.UnixEpoch.Ticks + (Int128)ticksSince1970;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks) return 0;
        new DateTime((long)ticks, DateTimeKind.Utc).TryFormat(text, out var written, format, CultureInfo.InvariantCulture);
        return written;
    }
}
