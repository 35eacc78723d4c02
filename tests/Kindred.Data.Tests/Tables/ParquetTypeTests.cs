using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Kindred.Data.Batches;
using Kindred.Data.Inputs;
using Kindred.Data.Tables;
using Kindred.Data.Values;
using ParquetSharp;
using ParquetSharp.Schema;

namespace Kindred.Data.Tests.Tables;

/// <summary>Tests columns of Parquet's types as warehouses and engines write them.</summary>
public sealed class ParquetTypeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("0", 0, "0")]
    [InlineData("42", 0, "42")]
    [InlineData("-42", 0, "-42")]
    [InlineData("5", 2, "0.05")]
    [InlineData("-5", 2, "-0.05")]
    [InlineData("50", 2, "0.50")]
    [InlineData("12345", 2, "123.45")]
    [InlineData("-12345", 5, "-0.12345")]
    [InlineData("123456789", 0, "123456789")]
    public void Decimals_of_every_physical_form_are_their_digits(string unscaled, int scale, string text)
    {
        foreach (var type in new[] { PhysicalType.Int32, PhysicalType.Int64, PhysicalType.FixedLenByteArray, PhysicalType.ByteArray })
        {
            Assert.Equal([text, "", text], Texts(WriteDecimals(type, BigInteger.Parse(unscaled, CultureInfo.InvariantCulture), 9, scale)));
        }
    }

    [Theory]
    [InlineData("99999999999999999999999999999999999999", 0)]
    [InlineData("-99999999999999999999999999999999999999", 37)]
    [InlineData("12345678901234567890123", 10)]
    public void Long_decimals_keep_all_their_digits(string unscaled, int scale)
    {
        var number = BigInteger.Parse(unscaled, CultureInfo.InvariantCulture);
        var digits = BigInteger.Abs(number).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var text = (number < 0 ? "-" : "") + (scale == 0 ? digits : $"{digits[..^scale]}.{digits[^scale..]}");
        foreach (var type in new[] { PhysicalType.FixedLenByteArray, PhysicalType.ByteArray })
        {
            Assert.Equal([text, "", text], Texts(WriteDecimals(type, number, 38, scale)));
        }
    }

    [Fact]
    public void Whole_decimals_are_ids_and_fractions_are_numbers()
    {
        var whole = WriteDecimals(PhysicalType.Int64, 1001, 18, 0);
        Assert.Equal(RowProblem.EmptyId, Assert.Throws<RowException>(() => UserIdReader.Read([whole], "x")).Reason);
        Assert.Equal("1001", UserIdReader.Read([whole], "x", null, new TableRules { MissingIds = MissingIds.Skip }).GetString(0));

        var fraction = WriteDecimals(PhysicalType.Int32, 150, 9, 2);
        Assert.Contains("2 digits after the point", Assert.Throws<KindredException>(() => UserIdReader.Read([fraction], "x")).Problem, StringComparison.Ordinal);
        using var table = TableReader.Open(fraction);
        var column = table.Require("x");
        Assert.True(table.Read());
        Assert.Equal(1.5, table.Number(column));
    }

    [Theory]
    [InlineData("2025-11-17T15:00:00.000Z", 2_460_997, 54_000_000_000_000)]
    [InlineData("1970-01-01T00:00:00.001Z", 2_440_588, 1_999_999)]
    [InlineData("1969-12-31T23:59:59.999Z", 2_440_587, 86_399_999_999_999)]
    public void Times_of_96_bits_are_a_day_and_its_nanoseconds(string time, int day, long nanoseconds)
    {
        var value = new Int96((int)(nanoseconds & 0xFFFF_FFFF), (int)(nanoseconds >> 32), day);
        var file = Write<Int96>(new PrimitiveNode("x", Repetition.Optional, LogicalType.None(), PhysicalType.Int96), [value, value]);
        Assert.Equal([time, "", time], Texts(file));
        using var table = TableReader.Open(file);
        var column = table.Require("x");
        Assert.True(table.Read());
        Assert.Equal(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds(), table.UnixMilliseconds(column));
        Assert.Equal(table.UnixMilliseconds(column), BatchTime(file));
    }

    [Fact]
    public void Unsigned_numbers_use_all_their_bits()
    {
        Assert.Equal(["4294967295", "", "4294967295"], Texts(Write(new PrimitiveNode("x", Repetition.Optional, LogicalType.Int(32, false), PhysicalType.Int32), [-1, -1])));
        Assert.Equal(["18446744073709551615", "", "18446744073709551615"], Texts(Write(new PrimitiveNode("x", Repetition.Optional, LogicalType.Int(64, false), PhysicalType.Int64), [-1L, -1L])));
        Assert.Equal(["200", "", "200"], Texts(Write(new PrimitiveNode("x", Repetition.Optional, LogicalType.Int(8, false), PhysicalType.Int32), [200, 200])));
    }

    [Fact]
    public void Uuids_halves_and_fixed_bytes_have_their_usual_forms()
    {
        var bytes = Convert.FromHexString("6f9619ff8b86d011b42d00c04fc964ff");
        Assert.Equal(["6f9619ff-8b86-d011-b42d-00c04fc964ff", "", "6f9619ff-8b86-d011-b42d-00c04fc964ff"], Texts(WriteBytes(new PrimitiveNode("x", Repetition.Optional, LogicalType.Uuid(), PhysicalType.FixedLenByteArray, 16), bytes)));
        Assert.Equal(["1.5", "", "1.5"], Texts(WriteBytes(new PrimitiveNode("x", Repetition.Optional, LogicalType.Float16(), PhysicalType.FixedLenByteArray, 2), BitConverter.GetBytes((Half)1.5))));
        Assert.Equal(["DE", "", "DE"], Texts(WriteBytes(new PrimitiveNode("x", Repetition.Optional, LogicalType.None(), PhysicalType.FixedLenByteArray, 2), "DE"u8.ToArray())));
    }

    [Theory]
    [InlineData(false, TimeUnit.Millis, 39_200_000, "10:53:20")]
    [InlineData(true, TimeUnit.Micros, 39_200_123_456, "10:53:20.123456")]
    [InlineData(true, TimeUnit.Nanos, 39_200_100_000_000, "10:53:20.1")]
    public void Times_of_day_are_written_as_such(bool isLong, TimeUnit unit, long value, string text)
    {
        var node = new PrimitiveNode("x", Repetition.Optional, LogicalType.Time(false, unit), isLong ? PhysicalType.Int64 : PhysicalType.Int32);
        Assert.Equal([text, "", text], Texts(isLong ? Write(node, [value, value]) : Write(node, [(int)value, (int)value])));
    }

    [Fact]
    public void Dates_and_times_as_text_are_ISO_8601()
    {
        Assert.Equal(["2025-11-30", "", "2025-11-30"], Texts(Write(new PrimitiveNode("x", Repetition.Optional, LogicalType.Date(), PhysicalType.Int32), [20_422, 20_422])));
        var micros = 1_764_500_000_123_456;
        Assert.Equal(["2025-11-30T10:53:20.123Z", "", "2025-11-30T10:53:20.123Z"], Texts(Write(new PrimitiveNode("x", Repetition.Optional, LogicalType.Timestamp(true, TimeUnit.Micros), PhysicalType.Int64), [micros, micros])));
    }

    [Fact]
    public void Attributes_that_cannot_be_read_are_left_out_in_one_line()
    {
        var file = _folder["users.parquet"];
        using (var tags = new GroupNode("tags", Repetition.Optional, [new GroupNode("list", Repetition.Repeated, [new PrimitiveNode("element", Repetition.Optional, LogicalType.String(), PhysicalType.ByteArray)])], LogicalType.List()))
        using (var place = new GroupNode("place", Repetition.Optional, [new PrimitiveNode("lat", Repetition.Optional, LogicalType.None(), PhysicalType.Double), new PrimitiveNode("lon", Repetition.Optional, LogicalType.None(), PhysicalType.Double)]))
        using (var schema = new GroupNode("schema", Repetition.Required, [new PrimitiveNode("user_id", Repetition.Required, LogicalType.String(), PhysicalType.ByteArray), tags, place, new PrimitiveNode("picture", Repetition.Optional, LogicalType.None(), PhysicalType.ByteArray), new PrimitiveNode("plan", Repetition.Optional, LogicalType.None(), PhysicalType.ByteArray)]))
        using (var properties = new WriterPropertiesBuilder().Build())
        using (var writer = new ParquetFileWriter(file, schema, properties))
        using (var group = writer.AppendRowGroup())
        {
            Bytes(group.NextColumn(), [0], [0], "a"u8.ToArray());
            Bytes(group.NextColumn(), [3], [0], "x"u8.ToArray());
            for (var i = 0; i < 2; i++) ((ColumnWriter<double>)group.NextColumn()).WriteBatch(1, [2], [0], [1.0]);
            Bytes(group.NextColumn(), [1], [0], [0xFF, 0xD8]);
            Bytes(group.NextColumn(), [1], [0], "free"u8.ToArray());
            writer.Close();
        }

        var notes = new List<string>();
        var users = UserReader.Read([file], new UserOptions { Rules = new TableRules { Note = text => notes.Add(FormattableString.Invariant(text)) } }).Users;
        Assert.Equal(["plan"], users.Attributes.Keys);
        Assert.Equal(
            ["Columns of users that are left out, since they hold no text, number or time: tags, place.", "Columns of users that are left out, since they hold no text, number or time: picture."], notes);
    }

    private string WriteDecimals(PhysicalType type, BigInteger value, int precision, int scale)
    {
        var bytes = value.ToByteArray(isBigEndian: true);
        var fixedBytes = Enumerable.Repeat(value < 0 ? (byte)0xFF : (byte)0, 16 - bytes.Length).Concat(bytes).ToArray();
        return type switch
        {
            PhysicalType.Int32 => Write(new PrimitiveNode("x", Repetition.Optional, LogicalType.Decimal(precision, scale), type), [(int)value, (int)value]),
            PhysicalType.Int64 => Write(new PrimitiveNode("x", Repetition.Optional, LogicalType.Decimal(precision, scale), type), [(long)value, (long)value]),
            PhysicalType.FixedLenByteArray => WriteBytes(new PrimitiveNode("x", Repetition.Optional, LogicalType.Decimal(precision, scale), type, 16), fixedBytes),
            _ => WriteBytes(new PrimitiveNode("x", Repetition.Optional, LogicalType.Decimal(precision, scale), type), bytes),
        };
    }

    /// <summary>Writes three rows, the second of them null.</summary>
    private string Write<T>(PrimitiveNode node, T[] values)
        where T : unmanaged
    {
        using (node)
        {
            return Write(node, writer => ((ColumnWriter<T>)writer).WriteBatch(3, [1, 0, 1], [0, 0, 0], values));
        }
    }

    private string WriteBytes(PrimitiveNode node, byte[] value)
    {
        using (node)
        {
            return Write(node, writer => Bytes(writer, [1, 0, 1], [0, 0, 0], value));
        }
    }

    private string Write(PrimitiveNode node, Action<ColumnWriter> write)
    {
        var file = _folder["x.parquet"];
        using var schema = new GroupNode("schema", Repetition.Required, [node]);
        using var properties = new WriterPropertiesBuilder().Build();
        using var writer = new ParquetFileWriter(file, schema, properties);
        using var group = writer.AppendRowGroup();
        write(group.NextColumn());
        writer.Close();
        return file;
    }

    private static void Bytes(ColumnWriter writer, short[] levels, short[] repetitions, byte[] value)
    {
        var pinned = GCHandle.Alloc(value, GCHandleType.Pinned);
        try
        {
            using (writer)
            {
                var (at, count) = (pinned.AddrOfPinnedObject(), Math.Max(1, levels.Count(level => level == levels.Max())));
                if (writer is ColumnWriter<FixedLenByteArray> fixedBytes)
                {
                    fixedBytes.WriteBatch(levels.Length, levels, repetitions, [.. Enumerable.Repeat(new FixedLenByteArray(at), count)]);
                }
                else
                {
                    ((ColumnWriter<ByteArray>)writer).WriteBatch(levels.Length, levels, repetitions, [.. Enumerable.Repeat(new ByteArray(at, value.Length), count)]);
                }
            }
        }
        finally
        {
            pinned.Free();
        }
    }

    private static string[] Texts(string file)
    {
        using var table = TableReader.Open(file);
        var column = table.Require("x");
        var texts = new List<string>();
        while (table.Read()) texts.Add(System.Text.Encoding.UTF8.GetString(table.Utf8(column)));

        // Batches have the same texts.
        using var again = TableReader.Open(file);
        var (batch, target) = (new TableBatch(), new Received());
        batch.Add(again.Require("x"), target);
        while (again.ReadBatch(batch) > 0)
        {
        }

        Assert.Equal(texts, target.Texts);
        return [.. texts];
    }

    private static long BatchTime(string file)
    {
        using var table = TableReader.Open(file);
        var (batch, times) = (new TableBatch(), new TimeColumn());
        batch.Add(table.Require("x"), times);
        Assert.Equal(3, table.ReadBatch(batch));
        return times.Times[0];
    }

    private sealed class Received : BatchColumn
    {
        public List<string> Texts { get; } = [];

        public override void Set(int row, ReadOnlySpan<byte> utf8) => Texts.Add(System.Text.Encoding.UTF8.GetString(utf8));
    }
}
