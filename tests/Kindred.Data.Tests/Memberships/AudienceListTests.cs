using Kindred.Data.Memberships;

namespace Kindred.Data.Tests.Memberships;

public sealed class AudienceListTests
{
    [Fact]
    public void Any_ascending_numbers_are_read_as_they_were_written_and_counted() =>
        Gen.Int[0, int.MaxValue - 1].Array[0, 60].Sample(numbers =>
        {
            int[] ascending = [.. numbers.Concat(numbers.Select(number => number % 1000)).Distinct().Order()];
            var bytes = Write(ascending);
            var found = new int[ascending.Length];
            Assert.Equal(ascending.Length, AudienceList.Count(bytes));
            Assert.Equal(ascending.Length, AudienceList.Read(bytes, int.MaxValue, [], found));
            Assert.Equal(ascending, found);
        });

    [Fact]
    public void Any_bytes_are_read_as_ascending_numbers_of_existing_audiences_or_refused() =>
        Gen.Select(Gen.OneOf(Gen.Byte[0, 3], Gen.Byte).Array[0, 12], Gen.Int[1, 300], Gen.Int[1, 4], Gen.Int[0, 20]).Sample((bytes, audiences, sizes, room) =>
        {
            int[] ends = [.. Enumerable.Range(0, audiences).Select(audience => Math.Min(audiences, (audience / sizes + 1) * sizes))];
            var found = new int[room];
            var count = AudienceList.Read(bytes, audiences, sizes == 1 ? [] : ends, found);
            Assert.InRange(count, AudienceList.TooLong, room);
            for (var i = 0; i < count; i++) Assert.InRange(found[i], i == 0 ? 0 : found[i - 1] + 1, audiences - 1);
        }, iter: 20_000);

    [Theory]
    [InlineData(new byte[] { 0x80 })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0x0F })]
    [InlineData(new byte[] { 10 })]
    [InlineData(new byte[] { 9, 0 })]
    public void Cut_off_and_too_large_numbers_are_refused(byte[] bytes) =>
        Assert.Equal(AudienceList.Damaged, AudienceList.Read(bytes, 10, [], new int[10]));

    [Fact]
    public void Larger_sizes_are_included_and_two_sizes_of_one_target_are_refused()
    {
        int[] ends = [3, 3, 3, 5, 5];
        var found = new int[5];
        Assert.Equal(4, AudienceList.Read(Write(1, 3), 5, ends, found));
        Assert.Equal([1, 2, 3, 4], found[..4]);
        Assert.Equal(AudienceList.Damaged, AudienceList.Read(Write(0, 1), 5, ends, found));
        Assert.Equal(AudienceList.TooLong, AudienceList.Read(Write(1, 3), 5, ends, new int[3]));
    }

    private static byte[] Write(params int[] ascending)
    {
        var bytes = new byte[5 * ascending.Length];
        var (at, next) = (0, 0);
        foreach (var number in ascending)
        {
            var start = at;
            at = AudienceList.Write(bytes, at, number - next);
            Assert.Equal(AudienceList.LengthOf(number - next), at - start);
            next = number + 1;
        }

        return bytes[..at];
    }
}
