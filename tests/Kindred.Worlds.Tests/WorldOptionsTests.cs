
namespace Kindred.Worlds.Tests;

public sealed class WorldOptionsTests
{
    [Fact]
    public void The_defaults_are_valid()
    {
        var options = new WorldOptions();
        options.Validate();
        Assert.Equal(20_000, options.ItemCount);
        Assert.Equal((200, 20_000), (options.SeedListSizes()[0], options.SeedListSizes()[^1]));
    }

    [Fact]
    public void An_option_out_of_range_is_named_with_its_value_and_the_rule()
    {
        var error = Assert.Throws<KindredException>(() => World.Create(new WorldOptions { Countries = 21 }));
        Assert.Equal(ErrorKind.Usage, error.Kind);
        Assert.Contains("'countries' is 21", error.Message, StringComparison.Ordinal);
        Assert.Contains("from 1 to 20", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inconsistent_options_are_refused()
    {
        Assert.Throws<KindredException>(() => new WorldOptions { MinSeeds = 300, MaxSeeds = 200 }.Validate());
        Assert.Throws<KindredException>(() => new WorldOptions { Items = 100, Topics = 101 }.Validate());
    }

    [Theory]
    [InlineData(1, 2_000)]
    [InlineData(2, 200)]
    public void One_list_has_the_middle_size_and_two_have_the_extreme_sizes(int lists, int first) =>
        Assert.Equal(first, new WorldOptions { SeedLists = lists }.SeedListSizes()[0]);
}
