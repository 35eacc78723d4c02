using System.Xml.Linq;
using Kindred.Reports.Charts;
using Kindred.Reports.Html;

namespace Kindred.Reports.Tests;

public sealed class ReportPiecesTests
{
    [Fact]
    public void Escaped_text_is_the_same_text_to_a_parser() =>
        Gen.String.Sample(text =>
        {
            var expected = string.Concat(text.EnumerateRunes().Select(rune =>
                System.Xml.XmlConvert.IsXmlChar((char)(rune.IsBmp ? rune.Value : 'x')) && rune.Value is not (0x7F or '\r')
                    ? rune.ToString()
                    : "\uFFFD"));
            Assert.Equal(expected, XElement.Parse($"<a>{Markup.Escape(text)}</a>", LoadOptions.PreserveWhitespace).Value);
        });

    [Fact]
    public void Ticks_are_a_few_round_numbers_that_span_every_value() =>
        Gen.Double[1e-6, 1e9].Sample(largest =>
        {
            var axis = Axis.FromZero(largest);
            Assert.InRange(axis.Ticks.Count, 2, 8);
            Assert.Equal(0, axis.Ticks[0]);
            Assert.InRange(axis.Place(largest), 0.5, 1.0001);
            Assert.Equal(1, axis.Place(axis.Ticks[^1]), 1e-9);
        });

    [Theory]
    [InlineData(0.63, new[] { 0, 0.2, 0.4, 0.6, 0.8 })]
    [InlineData(100, new[] { 0.0, 20, 40, 60, 80, 100 })]
    [InlineData(0, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    public void An_axis_from_zero_has_round_ticks(double largest, double[] ticks) =>
        Assert.Equal(ticks, Axis.FromZero(largest).Ticks);

    [Fact]
    public void A_logarithmic_axis_gives_each_factor_the_same_length()
    {
        var axis = Axis.Logarithmic(200, 20_000);
        Assert.Equal([200, 500, 1_000, 2_000, 5_000, 10_000, 20_000], axis.Ticks);
        Assert.Equal([210, 480], Axis.Logarithmic(210, 480).Ticks);
        Assert.Equal(0.5, axis.Place(2_000), 1e-12);
        Assert.Equal(0.5, axis.WithTicks([300]).Place(2_000), 1e-12);
        Assert.Equal(0.5, Axis.Logarithmic(700, 700).Place(700), 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => Axis.Logarithmic(0, 10));
    }

    [Fact]
    public void A_legend_of_long_names_wraps_inside_the_picture()
    {
        string[] names = ["regression-weighted", "linear-weighted-too", "nearest-weighted-too", "ridge", "information-value-of-all"];
        ChartSeries Line(string name, int style) => new(name, style, [new ChartPoint(1, 0.1, 0, "one"), new ChartPoint(2, 0.2, 0, "two")]);
        var svg = XElement.Parse(new SvgLineChart("Lines.", "x", "y", [.. names.Select(Line)]).Draw(760, "").ToString());
        double Number(XElement element, string name) =>
            double.Parse(element.Attribute(name)!.Value, System.Globalization.CultureInfo.InvariantCulture);
        var labels = svg.Descendants().Where(element => element.Name.LocalName == "text" && element.Attribute("class")!.Value == "label")
            .ToArray();
        Assert.Equal(names.Length, labels.Length);
        Assert.All(labels, label => Assert.InRange(Number(label, "x") + (7 * label.Value.Length), 0, 745));
        Assert.Equal(2, labels.Select(label => Number(label, "y")).Distinct().Count());
        // The plot starts below the legend, and the picture grows by the legend's extra rows.
        var grid = svg.Descendants().Where(element => element.Attribute("class")?.Value == "grid").Min(element => Number(element, "y1"));
        Assert.True(grid > labels.Max(label => Number(label, "y")));
        Assert.Equal("0 0 760 402", svg.Attribute("viewBox")!.Value);
        Assert.Contains("viewBox=\"0 0 760 380\"", new SvgLineChart("Lines.", "x", "y", [Line("mlp", 0)]).Draw(760, "").ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_have_one_format()
    {
        Assert.Equal("1,234,567", Figure.Count(1_234_567));
        Assert.Equal("−0.500", Figure.Fixed(-0.5, 3));
        Assert.Equal("–", Figure.Fixed(double.NaN, 3));
        Assert.Equal("12.3%", Figure.Percent(0.1234));
        Assert.Equal(["1%", "2.5%", "10%"], new[] { 0.01, 0.025, 0.1 }.Select(Figure.ShortPercent));
        Assert.Equal(["0.2", "20k", "1.5M"], new[] { 0.2, 20_000, 1.5e6 }.Select(Figure.Tick));
        Assert.Equal("0.250\u00A0±\u00A00.010", Figure.WithError(new Estimate(0.25, 0.01)));
    }

    [Fact]
    public void An_estimate_has_the_standard_error_of_a_mean()
    {
        Assert.Equal(new Estimate(2, Math.Sqrt(1.0 / 3)), Estimate.Of([1, 2, 3]));
        Assert.Equal(new Estimate(4, double.NaN), Estimate.Of([4]));
    }

    [Fact]
    public void A_table_requires_one_cell_per_header()
    {
        var table = new HtmlTable("t", ["a", "b"]);
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Add("1"));
        Assert.Contains("<tr><th scope=\"row\">x</th><td>1</td></tr>", table.Add("x", "1").Render(), StringComparison.Ordinal);
    }

    [Fact]
    public void Bars_in_groups_are_labelled_with_their_values()
    {
        var svg = new SvgBarChart("d", "recall",
            [new BarGroup("1%", [new Bar("A", 0, new Estimate(0.2, 0.01))]),
            new BarGroup("5%", [new Bar("B", 1, new Estimate(0.4, double.NaN))])]).Draw(760, "").ToString();
        var texts = XElement.Parse(svg).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)
            .ToHashSet();
        Assert.Superset(new HashSet<string> { "1%", "5%", "A", "B", "0.200\u00A0±\u00A00.010", "0.400", "recall" }, texts);
    }
}
