using System.Runtime.CompilerServices;

namespace Kindred.Experiments.Reduction;

/// <summary>The layout of a stored row of a log: a few 64-bit words, the same number for each row of one log.</summary>
/// <remarks>
/// <code>
/// word 0   unit: hash without its top 8 bits, which the partition gives (56) | kind (8)
/// word 1   position: file (16), line (40)                              (56) | code of the arm (8)
/// word 2   time in milliseconds + 2⁴⁷, or 0 for none                   (48) | code of the segments (16)
/// [word 3] hash of the event's id, or 0 for none
/// values   one word each: the bits of a <see cref="RecordValue"/>
/// </code>
/// </remarks>
public sealed class RecordLayout
{
    /// <summary>The partitions that units are split into by the top bits of their hashes. Fixed, so that sums have the same order
    /// everywhere.</summary>
    public const int Partitions = 256;

    /// <summary>Maximum files of one log, assignment tables and lists of exclusions included.</summary>
    public const int MostFiles = 1 << 16;

    /// <summary>The code of a row without an arm.</summary>
    public const byte NoArm = 255;

    /// <summary>Maximum arms.</summary>
    public const int MostArms = 250;

    /// <summary>Maximum codes of segments: occurring combinations of values.</summary>
    public const int MostSegments = 60_000;

    /// <summary>The time of a record that has none.</summary>
    public const long NoTime = -TimeBias;

    private const int LineBits = 40;
    private const long TimeBias = 1L << 47;

    /// <summary>Creates a layout.</summary>
    /// <param name="values">Columns of values.</param>
    /// <param name="hasIds">True if events have ids.</param>
    public RecordLayout(int values, bool hasIds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(values);
        (Values, HasIds) = (values, hasIds);
        FirstValue = hasIds ? 4 : 3;
        Words = FirstValue + values;
    }

    /// <summary>Columns of values.</summary>
    public int Values { get; }

    /// <summary>True if events have ids.</summary>
    public bool HasIds { get; }

    /// <summary>Words of a record.</summary>
    public int Words { get; }

    internal int FirstValue { get; }

    /// <summary>The partition of a unit.</summary>
    public static int PartitionOf(ulong unit) => (int)(unit >> 56);

    /// <summary>The position of a row; rows without another order are ordered by it.</summary>
    /// <param name="file">The number of its file.</param>
    /// <param name="line">Its line or row in it, below 2⁴⁰.</param>
    public static ulong PositionOf(int file, long line) => (ulong)file << LineBits | (ulong)line;

    /// <summary>The file and line of a position.</summary>
    public static (int File, long Line) PlaceOf(ulong position) =>
        ((int)(position >> LineBits), (long)(position & ((1UL << LineBits) - 1)));

    /// <summary>Writes a record, except its values.</summary>
    /// <param name="record">[<see cref="Words"/>] the record.</param>
    /// <param name="unit">Hash of the unit.</param>
    /// <param name="kind">A kind of event, or one of <see cref="RecordKind"/>.</param>
    /// <param name="position">The position of the row.</param>
    /// <param name="arm">Code of the arm, or <see cref="NoArm"/>.</param>
    /// <param name="time">Unix milliseconds, or <see cref="NoTime"/>.</param>
    /// <param name="segments">Code of the values of segments.</param>
    /// <param name="id">Hash of the event's id, or 0; not stored without ids.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(Span<ulong> record, ulong unit, byte kind, ulong position, byte arm, long time, int segments, ulong id)
    {
        record[0] = unit << 8 | kind;
        record[1] = position << 8 | arm;
        record[2] = (ulong)(time + TimeBias) << 16 | (ushort)segments;
        if (HasIds) record[3] = id;
    }

    /// <summary>The values of a record.</summary>
    public Span<ulong> ValuesOf(Span<ulong> record) => record[FirstValue..Words];

    internal static byte Kind(ReadOnlySpan<ulong> record) => (byte)record[0];

    internal static byte Arm(ReadOnlySpan<ulong> record) => (byte)record[1];

    internal static ulong Position(ReadOnlySpan<ulong> record) => record[1] >> 8;

    internal static long Time(ReadOnlySpan<ulong> record) => (long)(record[2] >> 16) - TimeBias;

    internal static int Segments(ReadOnlySpan<ulong> record) => (ushort)record[2];

    internal ulong Id(ReadOnlySpan<ulong> record) => HasIds ? record[3] : 0;

    internal double Value(ReadOnlySpan<ulong> record, int column) => BitConverter.UInt64BitsToDouble(record[FirstValue + column]);
}
