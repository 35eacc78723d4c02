using System.Text.RegularExpressions;
using System.Xml.Linq;
using Kindred.Reports.Demo;
using Kindred.Reports.Html;

namespace Kindred.Reports.Tests.Demo;

public sealed partial class DemoReportTests
{
    private static readonly string Page = DemoReport.Render(SampleDemo.Model());

    [Fact]
    public void The_same_model_gives_the_same_bytes() => Assert.Equal(Page, DemoReport.Render(SampleDemo.Model()));

    [Fact]
    public void The_headline_states_the_results_with_their_uncertainty()
    {
        Assert.Contains("From 20 seed lists over 100,000 users, Kindred found 53.4%\u00A0±\u00A01.1 of the hidden customers", Page, StringComparison.Ordinal);
        Assert.Contains("11.9 times as many as by picking users at random (4.5%\u00A0±\u00A00.1)", Page, StringComparison.Ordinal);
        Assert.Contains("4.9 times as many as by taking the most active users (10.8%\u00A0±\u00A00.2)", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_number_of_the_model_is_in_a_table()
    {
        var model = SampleDemo.Model();
        var cells = Cell().Matches(Page).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.Superset(Set("100,000", "20,000", "1,987,654", "20", "3", "73,212 active in the last 30 days",
            "DE 51,377, RO 28,455, HU 20,168"), cells);
        foreach (var method in model.Methods)
        {
            Assert.Superset(Set([.. method.RecallAtK.Select(Figure.WithError), Figure.WithError(method.AverageRecall),
                Figure.WithError(method.AveragePrecision)]), cells);
        }

        foreach (var list in model.Lists)
        {
            double[] numbers = [.. list.AverageRecall, list.Affinity.Audience, list.Affinity.Seeds, list.Affinity.Population,
                list.Affinity.Ideal];
            Assert.Superset(Set([.. numbers.Select(number => Figure.Fixed(number, 3)), Figure.Count(list.Seeds),
                Figure.Percent(list.Affinity.Captured)]), cells);
            Assert.Contains($"<th scope=\"row\">{list.SeedList}</th>", Page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_drawing_is_valid_XML_and_has_a_description()
    {
        var drawings = Svg().Matches(Page).Select(match => XElement.Parse(match.Value)).ToArray();
        // Each of four drawings is there for wide and for narrow windows.
        Assert.Equal(8, drawings.Length);
        Assert.Equal(4, drawings.Count(drawing => drawing.Attribute("class")!.Value == "narrow"));
        Assert.All(drawings, drawing => Assert.NotEqual("", drawing.Attribute("aria-label")!.Value));
        Assert.All(drawings, drawing => Assert.DoesNotContain("NaN", drawing.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_has_no_external_requests_and_no_script_but_its_own()
    {
        var rest = Page.Replace("xmlns=\"http://www.w3.org/2000/svg\"", "", StringComparison.Ordinal)
            .Replace($"<script>{PageScript.Text}</script>", "", StringComparison.Ordinal);
        Assert.NotEqual(Page.Length, rest.Length);
        Assert.All(["http:", "https:", "url(", "@import", "<script", "<link", "<img", "src="],
            request => Assert.DoesNotContain(request, rest, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Names_from_data_are_escaped()
    {
        const string Name = "<script>alert('x')</script> & \"Söhne\"\u0001";
        var model = SampleDemo.Model(2);
        var named = DemoReport.Render(model with
        {
            Lists = [model.Lists[0] with { SeedList = Name }, model.Lists[1]],
            Methods = [model.Methods[0] with { Name = Name },
                .. model.Methods.Skip(1).Select(method => method with { Description = Name })],
            Commands = [new DemoStep(Name, Name)],
            World = model.World with { Countries = [new DemoCountry(Name, 7)] },
        });
        Assert.Equal(1, Regex.Count(named, "<script", RegexOptions.IgnoreCase));
        Assert.Contains("<th scope=\"row\">&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;Söhne&quot;\uFFFD</th>", named,
            StringComparison.Ordinal);
        Assert.All(Svg().Matches(named), match => XElement.Parse(match.Value));
    }

    [Fact]
    public void A_single_list_gives_a_page_without_standard_errors()
    {
        var model = SampleDemo.Model(1);
        var page = DemoReport.Render(model with
        {
            Methods = [.. model.Methods.Select(method =>
                method with { AverageRecall = new Estimate(method.AverageRecall.Mean, double.NaN) })],
        });
        Assert.Contains("From 1 seed list over", page, StringComparison.Ordinal);
        Assert.Contains("A single seed list gives no standard error.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_has_all_of_many_lists_and_the_figure_a_sample()
    {
        var page = DemoReport.Render(SampleDemo.Model(300));
        Assert.Contains("Mean true affinity (40 of 300 lists, from the smallest to the largest)", page, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(page, "<th scope=\"row\">advertiser-151</th>"));
    }

    [Fact]
    public void A_method_that_finds_nothing_causes_no_division_by_zero()
    {
        var model = SampleDemo.Model(3);
        var nothing = model.Methods[2] with { AverageRecall = new Estimate(0, 0) };
        Assert.Contains("– times as many as by picking",
            DemoReport.Render(model with { Methods = [model.Methods[0], model.Methods[1], nothing] }), StringComparison.Ordinal);
    }

    private static HashSet<string> Set(params string[] texts) => [.. texts];

    [GeneratedRegex("<td>(.*?)</td>")]
    private static partial Regex Cell();

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Svg();
}
