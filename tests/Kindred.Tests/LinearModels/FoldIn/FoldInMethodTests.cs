using Kindred.LinearModels.FoldIn;
using Kindred.SeedModels;
using Kindred.Tests.Numerics;
using Kindred.Tests.Populations;
using Kindred.Tests.SeedModels;

namespace Kindred.Tests.LinearModels.FoldIn;

public sealed class FoldInMethodTests
{
    private static readonly TestUser[] _users = TasteWorld.Users(900, 7);
    private static readonly string[] _seeds = TasteWorld.Seeds(_users);

    [Theory]
    [InlineData(0.1, 0.001, int.MaxValue)]
    [InlineData(1, 0.1, int.MaxValue)]
    [InlineData(0.3, 0.01, 300)]
    public void The_vector_minimises_the_loss_of_one_additional_item(double unobserved, double regularization, int poolLimit)
    {
        using var problem = new RawProblem(_users, _seeds, poolLimit);
        var n = problem.Population.Dimension;
        var candidates = problem.Context.Pool.Candidates;
        var system = new double[n, n + 1];
        foreach (var user in problem.Pool) Add(user, unobserved * problem.Scale);
        foreach (var (user, weight) in problem.SeedUsers.Zip(problem.Weights))
        {
            Add(user, weight);
            for (var i = 0; i < n; i++) system[i, n] += weight * user.Embedding[i];
        }

        for (var i = 0; i < n; i++) system[i, i] += regularization * (problem.Weights.Sum(weight => (double)weight) + unobserved * candidates);
        var expected = LinearSystem.Solve(system);

        var scorer = (EmbeddingDotScorer)problem.Train(
            new FoldInMethod(new FoldInOptions { UnobservedWeight = unobserved, Regularization = regularization })).Scorer;
        for (var i = 0; i < n; i++) Assert.Equal(expected[i], scorer.Weights[i], 1e-4 * expected.Max(Math.Abs));

        var scores = TasteWorld.Score(scorer, problem.Population, problem.Ids);
        for (var u = 0; u < _users.Length; u++)
        {
            Assert.Equal(_users[u].Embedding.Select((value, i) => value * expected[i]).Sum(), scores[u], 1e-4);
        }

        void Add(TestUser user, double weight)
        {
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++) system[i, j] += weight * user.Embedding[i] * user.Embedding[j];
            }
        }
    }
}
