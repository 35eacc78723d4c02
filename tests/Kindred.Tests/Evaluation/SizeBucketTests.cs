using Kindred.Evaluation;

namespace Kindred.Tests.Evaluation;

public sealed class SizeBucketTests
{
    [Fact]
    public void Large_lists_fall_into_the_buckets_of_the_post()
    {
        var buckets = SizeBucket.Of([1_000, 250_000, 9_999, 10_000, 70_000_000, 12_000, 3_000_000, 2_000_000_000]);
        Assert.Equal(["thousands", "tens of thousands", "hundreds of thousands", "millions", "tens of millions"], buckets.Select(bucket => bucket.Name));
        Assert.Equal([0, 2], buckets[0].Lists);
        Assert.Equal([3, 5], buckets[1].Lists);
        Assert.Equal([4, 7], buckets[4].Lists);
        Assert.Equal((10_000L, 99_999L), (buckets[1].Least, buckets[1].Most));
    }

    [Fact]
    public void Small_lists_or_lists_in_one_bucket_are_split_into_groups_of_similar_count()
    {
        var sizes = Enumerable.Range(0, 23).Select(i => 900 + i * 37 % 23).ToArray();
        var buckets = SizeBucket.Of(sizes);
        Assert.Equal([5, 6, 6, 6], buckets.Select(bucket => bucket.Lists.Count));
        Assert.Equal([900L, 905, 911, 917], buckets.Select(bucket => bucket.Least));
        Assert.Equal([904L, 910, 916, 922], buckets.Select(bucket => bucket.Most));
        Assert.All(buckets, bucket => Assert.Null(bucket.Name));
        Assert.Equal([10, 10], SizeBucket.Of([.. Enumerable.Range(0, 20).Select(i => 2_000 + i % 2 * 7_000)]).Select(bucket => bucket.Lists.Count));
    }

    [Fact]
    public void Few_lists_form_one_bucket_and_a_bucket_of_fewer_than_five_is_marked()
    {
        Assert.False(Assert.Single(SizeBucket.Of([30, 40, 50, 60, 70, 80, 90])).IsSmall);
        Assert.True(Assert.Single(SizeBucket.Of([30, 40, 50, 60])).IsSmall);
    }

    [Fact]
    public void Every_list_is_in_one_bucket_and_lists_of_equal_size_share_it() =>
        Gen.Int[25, 40_000].Array[1, 60].Sample(sizes =>
        {
            var buckets = SizeBucket.Of(sizes);
            Assert.Equal(Enumerable.Range(0, sizes.Length), buckets.SelectMany(bucket => bucket.Lists).Order());
            Assert.All(buckets, bucket => Assert.All(bucket.Lists, list => Assert.InRange(sizes[list], bucket.Least, bucket.Most)));
            Assert.All(buckets.Zip(buckets.Skip(1)), pair => Assert.True(pair.First.Most < pair.Second.Least));
            Assert.InRange(buckets.Count, 1, 5);
        });
}
