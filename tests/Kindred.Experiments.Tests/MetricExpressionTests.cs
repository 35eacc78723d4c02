
namespace Kindred.Experiments.Tests;

public sealed class MetricExpressionTests
{
    public static TheoryData<string, Metric> Right => new()
    {
        { "mean:visit", new Metric { Name = "mean:visit", Kind = MetricKind.Mean, Numerator = new() { Name = "visit" } } },
        { "share:spend", new Metric { Name = "share:spend", Kind = MetricKind.Share, Numerator = new() { Name = "spend" } } },
        { "ratio:clicks/impressions", new Metric { Name = "ratio:clicks/impressions", Kind = MetricKind.Ratio, Numerator = new() { Name = "clicks" }, Denominator = new() { Name = "impressions" } } },
        { "ctr=ratio:click/impression", new Metric { Name = "ctr", Kind = MetricKind.Ratio, Numerator = new() { Name = "click" }, Denominator = new() { Name = "impression" } } },
        { "quantile:latency@0.9", new Metric { Name = "quantile:latency@0.9", Kind = MetricKind.Quantile, Numerator = new() { Name = "latency" }, Quantile = 0.9 } },
        { "mean:purchase.value", new Metric { Name = "mean:purchase.value", Kind = MetricKind.Mean, Numerator = new() { Name = "purchase.value", Event = "purchase", Column = "value" } } },
        { " p90 = quantile : page load.ms @ .9 ", new Metric { Name = "p90", Kind = MetricKind.Quantile, Numerator = new() { Name = "page load.ms", Event = "page load", Column = "ms" }, Quantile = 0.9 } },
    };

    [Theory, MemberData(nameof(Right))]
    public void Valid_expressions_are_read(string text, Metric expected) => Assert.Equal(expected, MetricExpression.Parse(text));

    [Theory]
    [InlineData("", "character 1: it is empty. Write it as in mean:visit, share:spend, ratio:click/impression, quantile:latency@0.9.")]
    [InlineData("visit", "character 1: there is no ':'")]
    [InlineData("=mean:visit", "character 1: there is no name before the '='")]
    [InlineData("x=average:visit", "character 3: 'average' is not a kind of metric; the kinds are mean, share, ratio, quantile")]
    [InlineData("Mean:visit", "character 1: 'Mean' is not a kind")]
    [InlineData("mean:", "character 6: the name of a quantity is missing. Write it as in mean:visit.")]
    [InlineData("ratio:click", "character 12: a ratio needs a '/' and a denominator. Write it as in ratio:click/impression.")]
    [InlineData("ratio:/impression", "character 7: the name of a quantity is missing")]
    [InlineData("ratio:click/", "character 13: the name of a quantity is missing")]
    [InlineData("ratio:a/b/c", "character 10: a '/' is in the name of a quantity")]
    [InlineData("mean:a=b", "character 8: there is no ':' after the kind of the metric")]
    [InlineData("x=mean:a=b", "character 9: a '=' is in the name of a quantity")]
    [InlineData("mean:click/impression", "character 11: a mean is of one quantity and has no '/'")]
    [InlineData("mean:x@0.9", "character 7: a mean has no '@'")]
    [InlineData("quantile:latency", "character 17: a quantile needs an '@'")]
    [InlineData("quantile:latency@90", "character 18: '90' is not a quantile; it must be a number between 0 and 1. Write it as in quantile:latency@0.9.")]
    [InlineData("quantile:latency@1", "character 18: '1' is not a quantile")]
    [InlineData("quantile:latency@NaN", "character 18: 'NaN' is not a quantile")]
    [InlineData("mean:.value", "character 6: a point is only allowed between")]
    [InlineData("mean:a.b.c", "character 7: a point is only allowed between an event and a column")]
    public void Invalid_expressions_are_refused_with_the_position_and_a_valid_example(string text, string expected)
    {
        var error = Assert.Throws<KindredException>(() => MetricExpression.Parse(text));
        Assert.Equal(ErrorKind.Usage, error.Kind);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{text}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ad_metrics_match_the_post_and_have_distinct_names()
    {
        Assert.Equal(
            ["users_with_impressions", "users_with_revenue", "impressions", "revenue", "ctr", "hide_rate", "good_click_ratio", "ecpm"],
            AdMetrics.All.Select(metric => metric.Name));
        Assert.Equal(MetricExpression.Parse("ctr=ratio:click/impression"), AdMetrics.Find("ctr"));
        Assert.Equal(MetricExpression.Parse("ecpm=ratio:impression.value/impression") with { Scale = 1000 }, AdMetrics.Find("ecpm"));
        Assert.Equal(MetricExpression.Parse("users_with_revenue=share:impression.value"), AdMetrics.Find("users_with_revenue"));
        Assert.Equal(["hide_rate"], AdMetrics.All.Where(metric => metric.Better == MetricDirection.Lower).Select(metric => metric.Name));
        Assert.Null(AdMetrics.Find("clicks"));
    }
}
