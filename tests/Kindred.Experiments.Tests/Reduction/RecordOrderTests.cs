using Kindred.Experiments.Reduction;

namespace Kindred.Experiments.Tests.Reduction;

/// <summary>Tests that records are ordered by unit, then time, then position.</summary>
public sealed class RecordOrderTests
{
    [Fact]
    public void Equals_the_order_of_a_full_sort()
    {
        // Few units and times cause many ties. All records are in the lowest partition because a call handles a single one.
        Gen.Select(Gen.OneOf(Gen.Int[0, 40], Gen.Int[200, 3_000]), Gen.Bool, Gen.ULong).Sample((count, few, seed) =>
        {
            var layout = new RecordLayout(values: 1, hasIds: true);
            var random = new Random((int)(seed % 1_000_000));
            var records = new ulong[count * layout.Words];
            var keys = new (ulong Unit, long Time, ulong Position)[count];
            for (var i = 0; i < count; i++)
            {
                keys[i] = (few ? (ulong)random.Next(4) << 50 : (ulong)random.NextInt64(1L << 56), random.Next(3), RecordLayout.PositionOf(random.Next(2), i));
                layout.Write(records.AsSpan(i * layout.Words, layout.Words), keys[i].Unit, (byte)random.Next(256), keys[i].Position, (byte)random.Next(256), keys[i].Time, random.Next(60_000), 7);
            }

            var order = new RecordOrder().Sort(records, layout.Words, count).ToArray();
            Assert.Equal(Enumerable.Range(0, count).OrderBy(i => keys[i].Unit).ThenBy(i => keys[i].Time).ThenBy(i => keys[i].Position), order);
        }, iter: 200);
    }

    [Fact]
    public void A_record_round_trips()
    {
        var layout = new RecordLayout(values: 2, hasIds: true);
        Gen.Select(Gen.ULong, Gen.Byte, Gen.Int[0, 65_535], Gen.Long[1, (1L << 40) - 1], Gen.Byte, Gen.Long[-99_999_999_999_999, 99_999_999_999_999], Gen.Int[0, 59_999], Gen.ULong).Sample((unit, kind, file, line, arm, time, segments, id) =>
        {
            var record = new ulong[layout.Words];
            layout.Write(record, unit, kind, RecordLayout.PositionOf(file, line), arm, time, segments, id);
            layout.ValuesOf(record)[1] = BitConverter.DoubleToUInt64Bits(-2.5);
            Assert.Equal((unit << 8 >> 8, kind, arm), (record[0] >> 8, RecordLayout.Kind(record), RecordLayout.Arm(record)));
            Assert.Equal((file, line), RecordLayout.PlaceOf(RecordLayout.Position(record)));
            Assert.Equal((time, segments, id, -2.5), (RecordLayout.Time(record), RecordLayout.Segments(record), layout.Id(record), layout.Value(record, 1)));
        });
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(86_399_999, 0)]
    [InlineData(86_400_000, 1)]
    [InlineData(-1, -1)]
    [InlineData(-86_400_000, -1)]
    [InlineData(-86_400_001, -2)]
    public void A_day_starts_at_midnight_even_before_1970(long time, int day) => Assert.Equal(day, ReductionPlan.DayOf(time));
}
