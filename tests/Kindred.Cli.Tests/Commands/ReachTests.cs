using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Kindred.Cli.Shell;

namespace Kindred.Cli.Tests.Commands;

/// <summary><c>kindred reach</c>, from the seed file to the page.</summary>
public sealed partial class ReachTests(SmallWorld world) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_list_has_a_curve_above_chance_on_the_page()
    {
        var run = Reach("--out", _folder["reach"]);
        Assert.Equal(["figures.json", "manifest.json", "report.html"], FolderContents.Of(_folder["reach"]).Keys);
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder["reach"], "figures.json")))!.AsObject();
        Assert.Equal(Reach("--output", "json").Output, File.ReadAllText(Path.Combine(_folder["reach"], "figures.json")));
        var lists = json["lists"]!.AsArray();
        Assert.Equal(world.SeedsOf.Keys.Order(StringComparer.Ordinal), lists.Select(list => (string)list!["seed_list_id"]!));
        var candidates = world.People.Count(person => person.Active);
        Assert.All(lists, list =>
        {
            Assert.Equal(candidates, (int)list!["candidates"]!);
            var points = list["points"]!.AsArray();
            Assert.Equal((int)Math.Round(0.2 * candidates, MidpointRounding.AwayFromZero), (int)points[^1]!["users"]!);
            var recalls = points.Select(point => (double)point!["recall"]!).ToArray();
            Assert.Equal(recalls.Order(), recalls);
            Assert.True((double)points[^1]!["lift"]! > 1.5);
            // No larger size has last users that are as likely.
            var recommended = list["recommended"]!;
            Assert.Equal("much_likelier", (string)recommended["reason"]!);
            var likely = points.Where(point => (double)point!["smooth_marginal_lift"]! >= 3);
            Assert.Equal(likely.Max(point => (int)point!["users"]!), (int)recommended["users"]!);
        });

        var page = File.ReadAllText(Path.Combine(_folder["reach"], "report.html"));
        Assert.All(world.SeedsOf.Keys, list => Assert.Contains($"<h2>{list}</h2>", page, StringComparison.Ordinal));
        Assert.Equal(6, Svg().Count(page));
        Assert.All(Svg().Matches(page), match => XElement.Parse(match.Value));
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        Assert.Contains("Open " + Path.Combine(_folder["reach"], "report.html"), run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void A_list_of_all_candidates_is_refused_and_a_list_of_nearly_all_has_a_curve(int left)
    {
        var hungarians = world.People.Where(person => person is { Country: "HU", Active: true }).Skip(left).Select(person => person.Id);
        var seeds = _folder.Text("everybody.csv", "user_id\n" + string.Join('\n', hungarians) + "\n");
        var run = Invocation.Of("reach", "--population", world.Population, "--seeds", seeds, "--country", "HU", "--method", "foldin", "--output", "json");
        if (left == 0)
        {
            Assert.Equal(ExitCode.BadInput, run.Code);
            Assert.Contains("leaves no negatives", run.Error, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.All(run.Json["lists"]![0]!["points"]!.AsArray(), point => Assert.InRange((double)point!["recall"]!, 0, 1));
    }

    [Fact]
    public void A_terminal_shows_a_few_sizes_of_each_requested_list()
    {
        var output = Reach("--seed-list", "advertiser-02", "advertiser-05", "--country", "DE", "--method", "foldin").Output;
        Assert.StartsWith("2 seed lists in DE, method foldin, 5 folds", output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^advertiser-02 +[\d,]+ +1% .*\n +5% .*\n +10% .*\n +20% ", output);
        Assert.Matches(@"(?m)^advertiser-02 +[\d.]+% +[\d,]+ +[\d.]+ +[\d.]+ +[A-Z][a-z ]+\.", output);
        Assert.Contains("Recommended size: the largest size whose last users", output, StringComparison.Ordinal);
        Assert.DoesNotContain("advertiser-01", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_seed_gives_other_folds()
    {
        var one = Reach("--method", "activity", "--output", "json").Output;
        Assert.NotEqual(one, Reach("--method", "activity", "--output", "json", "--seed", "2").Output);
    }

    private Invocation Reach(params string[] more) =>
        Invocation.Good(["reach", "--population", world.Population, "--seeds", world.Seeds, .. more]);

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Svg();
}
