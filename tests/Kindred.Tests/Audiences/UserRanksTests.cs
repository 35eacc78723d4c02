using Kindred.Audiences;
using Kindred.Tests.Populations;
using Kindred.Tests.Scoring;

namespace Kindred.Tests.Audiences;

public sealed class UserRanksTests
{
    private static readonly TestUser[] _users = TestPopulation.Random(2_500, 1, 5, "de", "us");

    // Few distinct scores, so ids decide most ranks. Some scores are negative and some are minus zero.
    private static readonly Dictionary<string, float> _scores = _users.ToDictionary(user => user.Id, user => MathF.Round(user.Activity * 3 - 7));

    [Theory]
    [InlineData(1, 1, null)]
    [InlineData(3, 2, null)]
    [InlineData(4, 3, "us")]
    public void Equal_the_ranks_in_a_sort_of_all_candidates(int shards, int threads, string? country)
    {
        using var population = TestPopulation.Of(_users, shards);
        var excluded = _users.Where((_, i) => i % 11 == 0).Select(user => user.Id).ToHashSet();
        var candidates = _users.Where(user => user.Active && (country is null || user.Country == country) && !excluded.Contains(user.Id)).ToArray();
        string[][] requested = [[.. candidates.Where((_, i) => i % 9 == 0).Select(user => user.Id)], [candidates[0].Id], [.. candidates.Select(user => user.Id)], []];
        var sorted = candidates.OrderByDescending(user => _scores[user.Id]).ThenBy(user => user.Id, TestPopulation.Utf8Order).Select(user => user.Id).ToList();

        var scorer = new TableScorer(_scores);
        var set = UserSet.Of(population, population.Rows(excluded));
        var ranks = UserRanks.Find(population, population.CountryNumber(country), [.. requested.Select(users => new RankRequest(scorer, population.Rows(users), [set]))], threads);
        for (var i = 0; i < requested.Length; i++)
        {
            Assert.Equal(requested[i].Select(user => sorted.IndexOf(user) + 1L).Order(), ranks[i]);
        }
    }
}
