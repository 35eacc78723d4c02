using Kindred.Audiences;
using Kindred.Populations;
using Kindred.Tests.Populations;
using Kindred.Tests.Scoring;

namespace Kindred.Tests.Audiences;

public sealed class ExpansionTests
{
    private static readonly TestUser[] _users = TestPopulation.Random(1_200, 1, 1, "de", "us");
    private static readonly Population _population = TestPopulation.Of(_users, 3);

    // There are only ten distinct values, so the threshold of every size lies within a tie.
    private static readonly Dictionary<string, float> _scores = _users.ToDictionary(user => user.Id, user => MathF.Floor(user.Activity * 2));
    private static readonly string[] _seeds = [.. _users.Where((_, i) => i % 9 == 0).Select(user => user.Id)];
    private static readonly string[] _excluded = [.. _users.Where((_, i) => i % 7 == 3).Select(user => user.Id)];

    [Theory]
    [InlineData(null, false)]
    [InlineData("us", false)]
    [InlineData("de", true)]
    public void Members_are_distinct_active_users_of_the_country_without_seeds_and_excluded_users(string? country, bool withSeeds)
    {
        var audience = Expand(country, withSeeds, "5%", "40");
        var members = audience.Members.Select(member => _users.Single(user => user.Id == _population.Name(member.User))).ToArray();
        Assert.All(members, user =>
        {
            Assert.True(user.Active);
            Assert.DoesNotContain(user.Id, _excluded);
            if (country is not null) Assert.Equal(country, user.Country);
        });
        Assert.Equal(withSeeds, members.Any(user => _seeds.Contains(user.Id)));
        Assert.Equal(members.Length, members.Distinct().Count());
        Assert.Equal(Candidates(country, withSeeds).Length, audience.Candidates);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("us")]
    public void Sizes_are_shares_of_the_active_users_and_nested(string? country)
    {
        var active = _users.Count(user => user.Active && (country is null || user.Country == country));
        var audience = Expand(country, false, "10%", "1%", "17");
        int[] sizes = [(int)Math.Round(active * 0.01, MidpointRounding.AwayFromZero), 17, (int)Math.Round(active * 0.1, MidpointRounding.AwayFromZero)];
        Assert.Equal(sizes.Order(), audience.Thresholds.Select(threshold => threshold.Users));
        Assert.Equal(sizes.Max(), audience.Members.Count);
        foreach (var threshold in audience.Thresholds)
        {
            var alone = Expand(country, false, threshold.Size.ToString());
            Assert.Equal(alone.Members, audience.Members.Take(threshold.Users));
        }
    }

    [Fact]
    public void A_threshold_decides_membership_exactly()
    {
        var audience = Expand(null, false, "1%", "5%", "20%", "123");
        foreach (var threshold in audience.Thresholds)
        {
            var admitted = Candidates(null, false).Where(user =>
                _scores[user.Id] > threshold.Score ||
                (_scores[user.Id] == threshold.Score && TestPopulation.Utf8Order.Compare(user.Id, threshold.LastUserId) <= 0));
            var members = audience.Members.Take(threshold.Users).Select(member => _population.Name(member.User));
            Assert.Equal(admitted.Select(user => user.Id).Order(), members.Order());
        }
    }

    [Fact]
    public void The_audience_does_not_depend_on_shards_or_threads()
    {
        var expected = Names(_population, 1);
        foreach (var shards in new[] { 1, 2, 7 })
        {
            using var population = TestPopulation.Of(_users, shards);
            Assert.Equal(expected, Names(population, 1 + shards % 3));
        }

        static (string, float)[] Names(Population population, int threads) =>
            [.. Run(population, new ExpansionOptions { Sizes = [AudienceSize.Parse("15%")], Threads = threads })[0].Members
                .Select(member => (population.Name(member.User), member.Score))];
    }

    [Fact]
    public void Every_list_gets_its_own_audience_in_the_order_given()
    {
        ExpansionInput[] inputs = [Input("first", 1, []), Input("second", -1, _seeds)];
        var audiences = Expansion.Run(_population, inputs, [], new ExpansionOptions { Sizes = [AudienceSize.Parse("1")], Threads = 2 });
        Assert.Equal(["first", "second"], audiences.Select(audience => audience.SeedListId));
        Assert.Equal(Candidates(null, true, []).Max(user => _scores[user.Id]), audiences[0].Members[0].Score);
        Assert.Equal(-Candidates(null, false, []).Min(user => _scores[user.Id]), audiences[1].Members[0].Score);

        static ExpansionInput Input(string id, int sign, string[] seeds) =>
            new(id, new TableScorer(_scores.ToDictionary(pair => pair.Key, pair => sign * pair.Value)), _population.Rows(seeds));
    }

    [Fact]
    public void Requesting_too_many_users_reports_how_many_are_available()
    {
        var left = Candidates("us", false).Length;
        var active = _users.Count(user => user.Active && user.Country == "us");
        Assert.Equal(left, Expand("us", false, $"{left}").Members.Count);
        var error = Assert.Throws<AudienceTooLargeException>(() => Expand("us", false, $"{left + 1}"));
        foreach (var part in new[] { "'list'", $"{left + 1:N0} users", $"only {left:N0} are left", $"the {active:N0} active users in us", "seeds and excluded" })
        {
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(ErrorKind.BadInput, error.Kind);
    }

    [Fact]
    public void An_unknown_country_is_refused_and_the_known_ones_are_listed()
    {
        var error = Assert.Throws<KindredException>(() => Expand("US", false, "1%"));
        Assert.Contains("'US'", error.Message, StringComparison.Ordinal);
        Assert.Contains("de, us", error.Message, StringComparison.Ordinal);
    }

    private static Audience Expand(string? country, bool withSeeds, params string[] sizes) => Run(_population,
        new ExpansionOptions { Country = country, IncludeSeeds = withSeeds, Sizes = [.. sizes.Select(AudienceSize.Parse)], Threads = 2 })[0];

    private static Audience[] Run(Population population, ExpansionOptions options) => Expansion.Run(
        population, [new ExpansionInput("list", new TableScorer(_scores), population.Rows(_seeds))], population.Rows(_excluded), options);

    private static TestUser[] Candidates(string? country, bool withSeeds, string[]? excluded = null) =>
        [.. _users.Where(user => user.Active && (country is null || user.Country == country) &&
            (withSeeds || !_seeds.Contains(user.Id)) && !(excluded ?? _excluded).Contains(user.Id))];
}
