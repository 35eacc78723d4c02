using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;

namespace Kindred.Reports.Tests.Pages;

/// <summary>Every kind of page as readers see it, in a browser.</summary>
public sealed partial class PagesInBrowserTests(PagesFixture fixture) : IClassFixture<PagesFixture>
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    public static TheoryData<string> Names =>
    [
        "compare", "demo", "experiment", "inspect", "reach", "reach-of-one-list", "simulation", "version", "version-first",
        "version-of-an-owner",
    ];

    [Fact]
    public void Every_page_is_tested() => Assert.Equal(Names.Select(row => row.Data), fixture.Pages.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_link_leads_to_one_place_of_its_page_and_nothing_comes_from_elsewhere(string page)
    {
        var html = fixture.Pages[page];
        string[] places = [.. Place().Matches(html).Select(match => match.Groups[1].Value)];
        Assert.Equal(places.Distinct(), places);
        Assert.Subset(places.ToHashSet(), Link().Matches(html).Select(match => match.Groups[1].Value).ToHashSet());
        var rest = html.Replace("xmlns=\"http://www.w3.org/2000/svg\"", "", StringComparison.Ordinal);
        Assert.All(["http:", "https:", "url(", "@import", "<link", "<img", "src="], request =>
            Assert.DoesNotContain(request, rest, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Axe_finds_no_violation(string page)
    {
        var browser = await fixture.BrowserAsync();
        await browser.OpenAsync(fixture.FileOf(page));
        await browser.EvaluateAsync(Axe + "; 0");
        // Axe cannot tell the contrast of text on the shades of regions that scroll.
        await browser.EvaluateAsync("document.styleSheets[0].insertRule('html .scroll { background: none; }')");
        List<string> found = [];
        foreach (var width in new[] { 1280, 390 })
        {
            foreach (var scheme in new[] { "light", "dark" })
            {
                await browser.SetWidthAsync(width);
                await browser.SetMediaAsync(scheme);
                // Only the rules about colours can find something else in the other scheme.
                var rules = scheme == "light" ? "{}" : "{ runOnly: ['cat.color'] }";
                found.AddRange(Strings(await browser.EvaluateAsync(Script.Violations(rules))).Select(text => $"{width} {scheme}: {text}"));
            }
        }

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nothing_is_cut(string page)
    {
        var browser = await fixture.BrowserAsync();
        await browser.OpenAsync(fixture.FileOf(page));
        List<string> found = [];
        foreach (var width in new[] { 1280, 400, 390, 320 })
        {
            await browser.SetWidthAsync(width);
            found.AddRange(Strings(await browser.EvaluateAsync(Script.Cut)).Select(text => $"{width}: {text}"));
            await KeepAsync(browser, $"{page}-{width}");
        }

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_region_that_scrolls_shows_that_it_does_and_is_reached_by_keyboard(string page)
    {
        var browser = await fixture.BrowserAsync();
        await browser.SetWidthAsync(390);
        await browser.OpenAsync(fixture.FileOf(page));
        var regions = (await browser.EvaluateAsync(Script.Regions))!.AsArray();
        Assert.NotEmpty(regions);
        Assert.All(regions, region =>
        {
            Assert.Equal(("region", 0), ((string)region!["role"]!, (int)region["tab"]!));
            // Four covers move with the content over four shades that stay.
            Assert.Equal("local, local, local, local, scroll, scroll, scroll, scroll", (string)region["shades"]!);
        });
        Assert.Equal(regions.Count, regions.Select(region => (string)region!["name"]!).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_printed_page_has_everything_without_scrolling(string page)
    {
        var browser = await fixture.BrowserAsync();
        await browser.SetMediaAsync("dark", "print");
        // A4 without margins of 1 cm.
        await browser.SetWidthAsync(718);
        await browser.OpenAsync(fixture.FileOf(page));
        Assert.Empty(Strings(await browser.EvaluateAsync(Script.Unprinted)));
        await KeepAsync(browser, page + "-print", "print");
    }

    [Fact]
    public async Task A_press_on_a_head_sorts_the_table_by_its_column_and_another_press_turns_it_around()
    {
        var browser = await fixture.BrowserAsync();
        await browser.OpenAsync(fixture.FileOf("reach"));
        for (var column = 0; column < 6; column++)
        {
            string[] orders = column == 0 ? ["ascending", "descending"] : ["descending", "ascending"];
            foreach (var order in orders)
            {
                await browser.EvaluateAsync($"document.querySelectorAll('thead button')[{column}].focus()");
                await browser.PressAsync("Enter", "\r");
                var cells = Strings(await browser.EvaluateAsync(
                    $"[...document.querySelector('tbody').rows].map(row => row.cells[{column}].textContent)")).ToArray();
                Assert.Equal(12, cells.Length);
                AssertInOrder(cells, column > 0, order == "ascending");
                Assert.Equal([$"{column} {order}"], Strings(await browser.EvaluateAsync(Script.SortedHeads)));
            }
        }
    }

    [Fact]
    public async Task A_search_leaves_the_rows_with_its_text_and_says_how_many()
    {
        var browser = await fixture.BrowserAsync();
        await browser.OpenAsync(fixture.FileOf("reach"));
        Assert.Equal("1 of 12 rows|advertiser-11", await Found("ADVERTISER-11"));
        Assert.Equal("0 of 12 rows|", await Found("nobody"));
        Assert.Equal(12, (await Found(" ")).Split('|')[1].Split(';').Length);

        async Task<string> Found(string text) => (string)(await browser.EvaluateAsync($$"""
            (() => {
              const input = document.querySelector('input[type=search]'), region = input.closest('label').nextElementSibling;
              input.value = '{{text}}';
              input.dispatchEvent(new Event('input'));
              const rows = [...region.querySelector('tbody').rows].filter(row => row.checkVisibility());
              return input.nextElementSibling.textContent + '|' + rows.map(row => row.cells[0].textContent).join(';');
            })()
            """))!;
    }

    [Fact]
    public async Task Only_tables_of_more_than_ten_rows_can_be_searched()
    {
        var browser = await fixture.BrowserAsync();
        await browser.OpenAsync(fixture.FileOf("inspect"));
        Assert.Empty(Strings(await browser.EvaluateAsync("""
            [...document.querySelectorAll('table')].filter(table =>
              table.tBodies[0].rows.length > 10 !== (table.closest('.scroll').previousElementSibling?.className === 'search'))
              .map(table => table.caption.textContent)
            """)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Without_scripts_a_page_has_the_same_content_and_no_dead_controls(string page)
    {
        const string Content = "[document.querySelectorAll('tbody tr').length, document.querySelectorAll('svg').length].join()";
        const string Controls = "document.querySelectorAll('button, input').length";
        var browser = await fixture.BrowserAsync();
        await browser.OpenAsync(fixture.FileOf(page));
        var content = (string)(await browser.EvaluateAsync(Content))!;
        Assert.NotEqual(0, (int)(await browser.EvaluateAsync(Controls))!);
        await browser.SetScriptsAsync(on: false);
        await browser.OpenAsync(fixture.FileOf(page));
        Assert.Equal(content, (string)(await browser.EvaluateAsync(Content))!);
        Assert.Equal(0, (int)(await browser.EvaluateAsync(Controls))!);
    }

    [Fact]
    public async Task No_other_script_runs_on_a_page()
    {
        var browser = await fixture.BrowserAsync();
        await browser.OpenAsync(fixture.FileOf("demo"));
        await browser.EvaluateAsync("""
            document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.broken = 1' }))
            """);
        Assert.Equal("undefined", (string)(await browser.EvaluateAsync("typeof window.broken"))!);
    }

    private static void AssertInOrder(string[] cells, bool numbers, bool ascending)
    {
        if (numbers)
        {
            var found = cells.Select(NumberOf).ToArray();
            Assert.Equal(ascending ? found.Order() : found.OrderDescending(), found);
            return;
        }

        // Lists of one kind of name; where others stand is up to the reader's language.
        string[] names = [.. cells.Where(cell => cell.StartsWith("advertiser", StringComparison.Ordinal))];
        Assert.Equal(9, names.Length);
        Assert.Equal(ascending ? names.Order(StringComparer.Ordinal) : names.OrderDescending(StringComparer.Ordinal), names);
    }

    private static double NumberOf(string cell) => cell == "–" ? double.NaN
        : double.Parse(Number().Match(cell).Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    [GeneratedRegex(" id=\"(.*?)\"")]
    private static partial Regex Place();

    [GeneratedRegex(" href=\"#?(.*?)\"")]
    private static partial Regex Link();

    [GeneratedRegex(@"^[\d,.]+")]
    private static partial Regex Number();

    private static IEnumerable<string> Strings(JsonNode? array) => array!.AsArray().Select(text => text!.GetValue<string>());

    /// <summary>Leaves pictures of the page in both colour schemes, if a folder for them is named.</summary>
    private static async Task KeepAsync(Chromium browser, string name, string medium = "screen")
    {
        if (PagesFixture.Kept is not { } folder) return;
        foreach (var scheme in new[] { "dark", "light" })
        {
            await browser.SetMediaAsync(scheme, medium);
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{name}-{scheme}.png"), await browser.ScreenshotAsync());
        }
    }
}
