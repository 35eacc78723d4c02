using Kindred.Data;

namespace Kindred.Cli.Tests;

public sealed class AudienceExpanderTests(SmallWorld world)
{
    [Fact]
    public void Expands_to_the_users_that_the_command_selects()
    {
        using var folder = new TemporaryFolder();
        Invocation.Good("expand", "--population", world.Population, "--seeds", world.Seeds, "--size", "1%", "--out", folder["audiences"]);
        var expected = AudienceFiles.Read(folder["audiences"]);

        using var expander = AudienceExpander.Open(world.Population);
        var found = expander.Train(world.Seeds).Expand("1%");

        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), found.Select(audience => audience.SeedList));
        Assert.All(found, audience => Assert.Equal(
            expected[audience.SeedList].Select(row => row.UserId), audience.Users.Select(user => user.Id)));
        Assert.All(found, audience => Assert.Equal(audience.Users.OrderByDescending(user => user.Score), audience.Users));
    }

    [Fact]
    public void Evaluates_like_the_command()
    {
        var expected = Invocation.Good("evaluate", "--population", world.Population, "--seeds", world.Seeds, "--output", "json").Json;
        using var expander = AudienceExpander.Open(world.Population);
        Assert.Equal((double)expected["average_recall"]!, expander.Evaluate(world.Seeds).AverageRecall, 12);
    }

    [Theory]
    [InlineData("0%", "audience_size_invalid")]
    [InlineData("100%", "audience_too_large")]
    public void An_impossible_size_is_an_error_with_a_code(string size, string code)
    {
        using var expander = AudienceExpander.Open(world.Population);
        var models = expander.Train(world.Seeds);
        Assert.Equal(code, Assert.ThrowsAny<KindredException>(() => models.Expand(size)).Code);
    }
}
