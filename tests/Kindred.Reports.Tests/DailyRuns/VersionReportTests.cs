using System.Text.RegularExpressions;
using Kindred.App.DailyRuns;
using Kindred.Pipeline.Comparing;
using Kindred.Pipeline.Store;
using Kindred.Reports.DailyRuns;

namespace Kindred.Reports.Tests.DailyRuns;

public sealed partial class VersionReportTests
{
    private static readonly string Operator = VersionReport.Render(Described());
    private static readonly string Owner = VersionReport.Render(Described() with { Owner = "acme" });

    [Fact]
    public void The_same_version_gives_the_same_bytes() => Assert.Equal(Operator, VersionReport.Render(Described()));

    [Fact]
    public void The_operator_sees_exact_counts_and_the_owner_rounded_ones()
    {
        Assert.Superset(new HashSet<string> { "1,234", "56,789", "2,345", "1,111", "1,237", "129", "3", "98,765" }, Cells(Operator));
        Assert.Superset(new HashSet<string> { "1,230", "56,790", "2,350", "1,110", "1,240", "130", "&lt;25", "98,770" }, Cells(Owner));
        // The exact counts that rounding changes.
        Assert.All(new[] { "1,234", "56,789", "2,345", "1,111", "1,237", "129", "98,765" }, count =>
            Assert.DoesNotContain(count, Owner, StringComparison.Ordinal));
    }

    [Fact]
    public void No_page_has_the_id_of_a_user() =>
        Assert.All([Operator, Owner, VersionReport.Figures(Described()).ToJsonString()], page =>
            Assert.DoesNotContain("last-user", page, StringComparison.Ordinal));

    [Fact]
    public void Lists_without_an_audience_and_lists_that_look_unusual_are_alerts_named_once()
    {
        Assert.Contains("<strong>2 alerts.</strong>", Operator, StringComparison.Ordinal);
        Assert.Equal(1, Regex.Count(Operator, "only 3 of its users"));
        Assert.Contains("No audience: only 3 of its users", Operator, StringComparison.Ordinal);
        Assert.Contains("The score distribution has changed.", Operator, StringComparison.Ordinal);
        // The reason has an exact small count.
        Assert.DoesNotContain("only 3 of its users", Owner, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_without_alerts_says_that_all_is_well()
    {
        var described = Described();
        var well = described with
        {
            Version = described.Version with { Units = [described.Version.Units[0]] },
            Change = described.Change! with { Attention = [] },
        };
        Assert.Contains("All is well.", VersionReport.Render(well), StringComparison.Ordinal);
        Assert.DoesNotContain("All is well.", Operator, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(VersionComparison.FirstVersion, "This is the first version")]
    [InlineData(VersionComparison.PreviousNotKept, "Version 000006, the one before, is no longer kept.")]
    [InlineData(VersionComparison.WithoutIndex, "without an index")]
    [InlineData(VersionComparison.NoAudience, "Neither this version nor the one before")]
    public void Without_a_comparison_the_page_says_why(VersionComparison comparison, string words)
    {
        var page = VersionReport.Render(Described() with { Comparison = comparison, Change = null });
        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.DoesNotContain("Gained", page, StringComparison.Ordinal);
        Assert.Contains("Members gained and lost since version 000006", Operator, StringComparison.Ordinal);
    }

    private static HashSet<string> Cells(string page) => [.. Cell().Matches(page).Select(match => match.Groups[1].Value)];

    private static DescribedVersion Described()
    {
        var good = Unit("tea lovers") with
        {
            Given = 2600,
            Matched = 2345,
            Targets = [new TargetResult { Country = "HU", Candidates = 56_789, Sizes = [new SizeResult("2%", 1_234, 0.5f, "last-user")] }],
        };
        var refused = Unit("few") with { Given = 40, Matched = 3, Rejected = "only 3 of its users are in the population." };
        var before = Version(6, [good]);
        var version = Version(7, [good, refused]) with { Previous = 6 };
        var change = new VersionDifference(
            before, version, [new AudienceDifference("tea lovers", "HU", "2%", "2%", 1_111, 1_237, 129, 3)], 12, 0,
            [
                new ListAttention("few", null, "has no audience: " + refused.Rejected),
                new ListAttention("tea lovers", "HU", "the score distribution has changed."),
            ]);
        return new DescribedVersion(version, null, VersionComparison.Done, change);
    }

    private static RunVersion Version(int number, UnitResult[] units) => new()
    {
        Number = number,
        Program = "0.1.0",
        PopulationVersion = $"population-{number}",
        EmbeddingSpace = "space",
        Countries = [new CountryCount("HU", 120_004, 98_765)],
        Shards = 1,
        Forgotten = "none",
        SuppressBelow = 25,
        Units = units,
    };

    private static UnitResult Unit(string list) => new()
    {
        List = list,
        Owner = "acme",
        Method = "mlp",
        SettingsKey = "",
        Digest = "",
        ModelKey = "",
        ThresholdKey = "",
        MembersKey = "",
    };

    [GeneratedRegex("<td>(.*?)</td>")]
    private static partial Regex Cell();
}
