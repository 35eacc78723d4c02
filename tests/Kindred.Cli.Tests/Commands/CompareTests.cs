using System.Text.Json.Nodes;
using Kindred.Catalog;
using Kindred.Cli.Shell;

namespace Kindred.Cli.Tests.Commands;

public sealed class CompareTests(SmallWorld world) : IDisposable
{
    private const string Three = "linear,ridge,activity";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_figures_of_each_method_equal_those_of_evaluate()
    {
        var run = Invocation.Good(Compare("all", "--methods", Three, "--baseline", "activity", "--output", "json"));
        Assert.Equal(run.Json.ToJsonString(), JsonNode.Parse(File.ReadAllText(Path.Combine(_folder["all"], "comparison.json")))!.ToJsonString());
        var overall = run.Json["comparisons"]![0]!["overall"]!.AsArray();
        Assert.Equal(["linear", "ridge", "activity"], overall.Select(method => (string)method!["method"]!));
        foreach (var method in overall)
        {
            var alone = Invocation.Good("evaluate", "--population", world.Population, "--seeds", world.Seeds, "--method", (string)method!["method"]!, "--output", "json").Json;
            Assert.Equal((double)alone["average_recall"]!, (double)method["average_recall"]!["value"]!, 1e-12);
            Assert.Equal((double)alone["average_recall_se"]!, (double)method["average_recall"]!["se"]!, 1e-12);
            Assert.Equal((double)alone["average_precision"]!, (double)method["average_precision"]!["value"]!, 1e-12);
            var over = (double)alone["average_recall"]! / (double)overall[2]!["average_recall"]!["value"]! - 1;
            Assert.Equal(over, (double)method["recall_gain"]!["value"]!, 1e-9);
        }

        Assert.Contains("6 seed lists", (string)run.Json["verdict"]![0]!, StringComparison.Ordinal);
    }

    [Fact]
    public void All_methods_are_compared_if_asked_and_the_page_is_self_contained()
    {
        // A separate population, because auto stores its tuning in the population.
        Invocation.Good("embed", "--interactions", world.Interactions, "--users", world.Users, "--dimension", "16", "--iterations", "1", "--out", _folder["population"]);
        var run = Invocation.Good("compare", "--population", _folder["population"], "--seeds", world.Seeds, "--methods", "all", "--out", _folder["all"]);
        var page = File.ReadAllText(Path.Combine(_folder["all"], "report.html"));
        Assert.All(Methods.All.Names, name => Assert.Contains($"<th scope=\"row\">{name}</th>", page, StringComparison.Ordinal));
        Assert.All(Methods.All.Names, name => Assert.Matches($@"(?m)^{name} +0\.\d{{4}} ± ", run.Output));
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        var rest = page.Replace("xmlns=\"http://www.w3.org/2000/svg\"", "", StringComparison.Ordinal);
        Assert.All(["http:", "https:", "url(", "src=", "<link", "<img"], request =>
            Assert.DoesNotContain(request, rest, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(1, System.Text.RegularExpressions.Regex.Count(page, "<script"));
        Assert.All(System.Text.RegularExpressions.Regex.Matches(page, "(?s)<svg.*?</svg>"), svg => System.Xml.Linq.XElement.Parse(svg.Value));
        Assert.True(File.Exists(Path.Combine(_folder["all"], "timings.json")));
    }

    [Fact]
    public void A_stopped_run_resumes_and_ends_with_the_same_bytes()
    {
        Invocation.Good(Compare("whole", "--methods", Three, "--threads", "1"));
        var stopped = Invocation.StoppedAt("2/3  ridge: average recall", Compare("parts", "--methods", Three));
        Assert.Equal(ExitCode.Cancelled, stopped.Code);
        Assert.Contains($"2 finished parts are kept in {_folder["parts"]}.parts: ", stopped.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["parts"]));

        var again = Invocation.Of(Compare("parts", "--methods", Three));
        Assert.Equal(ExitCode.Output, again.Code);
        Assert.Contains("2 finished parts", again.Error, StringComparison.Ordinal);
        Assert.Contains("--resume, or remove the folder", again.Error, StringComparison.Ordinal);

        var other = Invocation.Of(Compare("parts", "--methods", Three, "--resume", "--repeats", "2"));
        Assert.Equal(ExitCode.BadInput, other.Code);
        Assert.Contains("differs in seed lists, weights or hold-out.", other.Error, StringComparison.Ordinal);
        Assert.Contains("differs in settings.", Invocation.Of(Compare("parts", "--methods", Three, "--resume", "--regularization-per-dimension", "3")).Error, StringComparison.Ordinal);

        var resumed = Invocation.Good(Compare("parts", "--methods", Three, "--resume"));
        Assert.Contains("2/3  ridge: kept from the stopped run", resumed.Error, StringComparison.Ordinal);
        Assert.Contains("3/3  activity: average recall", resumed.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["parts"] + ".parts"));
        Assert.All(["comparison.json", "manifest.json"], name =>
            Assert.Equal(File.ReadAllBytes(Path.Combine(_folder["whole"], name)), File.ReadAllBytes(Path.Combine(_folder["parts"], name))));
    }

    [Fact]
    public void A_damaged_part_is_measured_again()
    {
        Invocation.Good(Compare("whole", "--methods", Three, "--threads", "1"));
        Assert.Equal(ExitCode.Cancelled, Invocation.StoppedAt("2/3  ridge: average recall", Compare("parts", "--methods", Three)).Code);
        string file1 = Path.Combine(_folder["parts"] + ".parts", "linear.json"), file2 = Path.Combine(_folder["parts"] + ".parts", "ridge.json");
        var cut = File.ReadAllBytes(file1);
        File.WriteAllBytes(file1, cut[..(cut.Length / 2)]);
        // Still valid JSON, but with one digit of a figure changed.
        var text = File.ReadAllText(file2);
        var digit = System.Text.RegularExpressions.Regex.Match(text, @"0\.\d\d(\d)\d{5}").Groups[1];
        Assert.True(digit.Success);
        File.WriteAllText(file2, string.Concat(text.AsSpan(0, digit.Index), digit.Value == "9" ? "8" : "9", text.AsSpan(digit.Index + 1)));

        var resumed = Invocation.Good(Compare("parts", "--methods", Three, "--resume"));
        Assert.Contains("1/3  linear: the kept part is damaged, so it is measured again.", resumed.Error, StringComparison.Ordinal);
        Assert.Contains("2/3  ridge: the kept part is damaged, so it is measured again.", resumed.Error, StringComparison.Ordinal);
        Assert.All(["comparison.json", "manifest.json"], name =>
            Assert.Equal(File.ReadAllBytes(Path.Combine(_folder["whole"], name)), File.ReadAllBytes(Path.Combine(_folder["parts"], name))));
    }

    [Fact]
    public void A_comparison_can_be_replaced()
    {
        Invocation.Good(Compare("twice", "--methods", "activity,random"));
        Assert.Equal(ExitCode.Output, Invocation.Of(Compare("twice", "--methods", "activity,random")).Code);
        Invocation.Good(Compare("twice", "--methods", "activity,random", "--replace"));
    }

    [Fact]
    public void With_too_few_lists_the_verdict_states_the_required_number_and_no_p_value()
    {
        // With six lists the minimum p-value is 2⁻⁵: .0625 after correction for two comparisons with the baseline,
        // and .094 for all three pairs.
        var few = Invocation.Good(Compare("few", "--methods", "linear,ridge,foldin", "--baseline", "ridge", "--output", "json")).Json;
        var verdict = string.Join(" ", few["verdict"]!.AsArray().Select(sentence => (string)sentence!));
        Assert.Contains("6 lists are too few, a test needs at least 7 for 2 comparisons with it.", verdict, StringComparison.Ordinal);
        Assert.Contains("6 lists are too few, a test needs at least 7 for all 3 pairs of methods.", verdict, StringComparison.Ordinal);
        Assert.DoesNotContain("p =", verdict, StringComparison.Ordinal);

        // A single comparison needs no correction and can be significant. Pairs do not include activity and random.
        var one = Invocation.Good(Compare("one", "--methods", "linear,activity", "--baseline", "activity", "--output", "json")).Json;
        Assert.Matches(@"p = \.\d+ after correction for 1 comparison with it", (string)one["verdict"]![1]!);
        Assert.Empty(one["comparisons"]![0]!["pairs"]!.AsArray());
    }

    [Fact]
    public void With_seed_sizes_only_the_number_of_seeds_differs()
    {
        var run = Invocation.Good(Compare("sizes", "--methods", "ridge,random", "--seed-sizes", "50,30", "200", "100000", "--output", "json"));
        Assert.Contains("Sizes above", run.Error, StringComparison.Ordinal);
        var sizes = run.Json["comparisons"]!.AsArray();
        Assert.Equal([30, 50, 200], sizes.Select(size => (int)size!["seeds"]!));
        var lists = sizes[0]!["seed_lists"]!.AsArray();
        Assert.InRange(lists.Count, 1, 5);
        foreach (var size in sizes)
        {
            Assert.All(size!["seed_lists"]!.AsArray(), list => Assert.Equal((int)size["seeds"]!, (int)list!["training"]!));
            Assert.Equal(lists.Select(Held), size["seed_lists"]!.AsArray().Select(Held));
            // Candidates and held-out users are the same, so the random baseline finds the same users.
            Assert.Equal(Chance(sizes[0]!), Chance(size));
        }

        static (string, int) Held(JsonNode? list) => ((string)list!["seed_list_id"]!, (int)list["held_out"]!);
        static double[] Chance(JsonNode size) => [.. size["seed_lists"]!.AsArray().Select(list => (double)list!["average_recall"]!["random"]!)];
    }

    [Fact]
    public void A_method_that_cannot_read_the_population_is_left_out_by_default_and_an_error_by_name()
    {
        var bare = _folder["bare"];
        Invocation.Good("embed", "--interactions", world.Interactions, "--users", world.Users, "--dimension", "16", "--iterations", "1", "--no-features", "--out", bare);
        string[] On(params string[] more) => ["compare", "--population", bare, "--seeds", world.Seeds, "--out", _folder["out"], .. more];
        var named = Invocation.Of(On("--methods", "ridge,activity"));
        Assert.Equal(ExitCode.BadInput, named.Code);
        Assert.Contains("Make it again with `kindred embed` but without --no-features, or use a method that reads only embeddings", named.Error, StringComparison.Ordinal);
        var all = Invocation.Good(On());
        Assert.Contains("ridge is left out", all.Error, StringComparison.Ordinal);
        Assert.Contains("ridge is left out", File.ReadAllText(Path.Combine(_folder["out"], "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void With_and_without_weights_each_method_is_compared_with_itself()
    {
        var run = Invocation.Good(Compare("both", "--methods", "ridge,random", "--baseline", "ridge", "--weight-by", "impressions", "--with-and-without-weights", "--output", "json"));
        var lists = run.Json["comparisons"]![0]!["seed_lists"]!.AsArray();
        Assert.Equal(["ridge", "ridge-weighted", "random"], run.Json["methods"]!.AsArray().Select(method => (string)method!["method"]!));
        foreach (var (name, options) in new[] { ("ridge", Array.Empty<string>()), ("ridge-weighted", ["--weight-by", "impressions"]) })
        {
            var alone = Invocation.Good(["evaluate", "--population", world.Population, "--seeds", world.Seeds, "--method", "ridge", "--output", "json", .. options]).Json;
            Assert.Equal(alone["lists"]!.AsArray().Select(list => (double)list!["average_recall"]!), lists.Select(list => (double)list!["average_recall"]![name]!));
        }

        var weighting = Assert.Single(run.Json["weighting"]!.AsArray())!;
        var gain = lists.Average(list => (double)list!["average_engaged_recall"]!["ridge-weighted"]!) / lists.Average(list => (double)list!["average_engaged_recall"]!["ridge"]!) - 1;
        Assert.Equal(gain, (double)weighting["engaged_recall"]!["gain"]!["value"]!, 1e-9);
        // Two tests on six lists, each with a minimum p-value of 2⁻⁵.
        var last = (string)run.Json["verdict"]!.AsArray()[^1]!;
        Assert.Equal("No effect of sample weights can be shown: 6 lists are too few, a test needs at least 7 for 2 comparisons with and without them.", last);
        Assert.Contains("Does it pay to weight the seeds?", File.ReadAllText(Path.Combine(_folder["both"], "report.html")), StringComparison.Ordinal);
    }

    private string[] Compare(string name, params string[] more) =>
        ["compare", "--population", world.Population, "--seeds", world.Seeds, "--out", _folder[name], .. more];
}
