using Kindred.Audiences;

namespace Kindred.Tests.Audiences;

public sealed class AudienceSizeTests
{
    [Theory]
    [InlineData("1%", 1_000, 10)]
    [InlineData("0.5%", 1_000, 5)]
    [InlineData(".5%", 1_000, 5)]
    [InlineData("100%", 1_000, 1_000)]
    [InlineData("50000", 10, 50_000)]
    [InlineData("1%", 10, 1)]
    [InlineData("0.0001%", 1, 1)]
    [InlineData("1%", 149, 1)]
    [InlineData("1%", 151, 2)]
    public void Is_a_share_of_the_population_or_a_number(string text, long population, long users) =>
        Assert.Equal(users, AudienceSize.Parse(text).Of(population));

    [Theory]
    [InlineData("1%", 150, 2)]
    [InlineData("1%", 250, 3)]
    [InlineData("29%", 50, 15)]
    [InlineData("0.7%", 4_500, 32)]
    [InlineData("57%", 50, 29)]
    public void Halves_round_away_from_zero_even_if_the_share_has_no_exact_binary_fraction(string text, long population, long users)
    {
        Assert.Equal(users, AudienceSize.Parse(text).Of(population));
        Assert.Equal(users, AudienceSize.OfShare(double.Parse(text[..^1], System.Globalization.CultureInfo.InvariantCulture) / 100).Of(population));
    }

    [Fact]
    public void Shares_with_two_decimals_are_rounded_as_in_integer_arithmetic() =>
        Gen.Select(Gen.Int[1, 10_000], Gen.Int[1, 1_000_000]).Sample((hundredths, population) =>
        {
            // share = hundredths / 10,000: round half up in whole numbers.
            var expected = Math.Max(1, ((long)hundredths * population * 2 + 10_000) / 20_000);
            var text = FormattableString.Invariant($"{hundredths / 100}.{hundredths % 100:00}%");
            return AudienceSize.Parse(text).Of(population) == expected;
        }, iter: 20_000);

    [Theory]
    [InlineData("0")]
    [InlineData("0%")]
    [InlineData("-1")]
    [InlineData("-1%")]
    [InlineData("100.1%")]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("NaN%")]
    [InlineData("%")]
    [InlineData("")]
    [InlineData("one")]
    [InlineData("0,5%")]
    [InlineData("50,000")]
    public void Anything_else_is_refused_with_the_text_and_the_rule(string text)
    {
        var error = Assert.Throws<KindredException>(() => AudienceSize.Parse(text));
        Assert.Equal(ErrorKind.Usage, error.Kind);
        Assert.Contains($"'{text}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("a share of the target population", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Round_trips_through_its_text()
    {
        Assert.Equal("0.50%", AudienceSize.Parse("0.50%").ToString());
        Assert.Equal("50000", AudienceSize.Parse("50000").ToString());
        Assert.Equal("1%", AudienceSize.OfShare(0.01).ToString());
        Assert.Equal("2.5%", AudienceSize.OfShare(0.025).ToString());
    }
}
