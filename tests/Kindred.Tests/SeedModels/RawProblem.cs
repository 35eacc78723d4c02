using System.Text;
using Kindred.Populations;
using Kindred.SeedLists;
using Kindred.SeedModels;
using Kindred.Tests.Populations;

namespace Kindred.Tests.SeedModels;

/// <summary>A seed list on a population with items, as a method receives it, and the same as plain dense rows.</summary>
internal sealed class RawProblem : IDisposable
{
    private readonly Dictionary<string, TestUser> _users;

    /// <summary>Seeds with weights 1, 2, 3, 1, … among active and inactive users.</summary>
    public RawProblem(TestUser[] users, string[] seeds, int poolLimit = int.MaxValue, bool weighted = true)
    {
        _users = users.ToDictionary(user => user.Id);
        Population = TestPopulation.Of(users, 2);
        Context = TestTraining.Context(Population, poolLimit);
        Seeds = SeedMatch.Of(TestPopulation.List("list", seeds), Population);
        Weights = [.. Enumerable.Range(0, Seeds.Users.Count).Select(i => weighted ? 1f + i % 3 : 1)];
        Items = Population.Items.Count;
    }

    public Population Population { get; }

    public TrainingContext Context { get; }

    public SeedMatch Seeds { get; }

    public float[] Weights { get; }

    public int Items { get; }

    /// <summary>Users of the candidate pool.</summary>
    public TestUser[] Pool => [.. Context.Pool.Users.Select(Of)];

    /// <summary>The number of candidates for each user of the pool.</summary>
    public double Scale => (double)Context.Pool.Candidates / Context.Pool.Users.Count;

    /// <summary>The seeds in the order of <see cref="Weights"/>.</summary>
    public TestUser[] SeedUsers => [.. Seeds.Users.Select(Of)];

    /// <summary>All users' ids.</summary>
    public string[] Ids => [.. _users.Keys];

    /// <summary>1 if a user has an item, otherwise 0.</summary>
    public double[] Row(TestUser user) => [.. Enumerable.Range(0, Items).Select(item => user.Items!.Contains(item) ? 1.0 : 0)];

    public SeedModel Train(IExpansionMethod method) => method.Train(Seeds, Weights, Context);

    public void Dispose() => Population.Dispose();

    private TestUser Of(UserRow user) => _users[Encoding.UTF8.GetString(Population.UserId(user))];
}
