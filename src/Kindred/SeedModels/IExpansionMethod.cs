using Kindred.Populations;
using Kindred.Scoring;
using Kindred.SeedLists;

namespace Kindred.SeedModels;

/// <summary>The inputs of every training, other than the seed list.</summary>
/// <param name="Population">The users.</param>
/// <param name="Pool">Active users of the target country; negatives are drawn from them.</param>
public sealed record TrainingContext(Population Population, CandidatePool Pool)
{
    private readonly Lazy<ItemMatrix> _items = new(() => ItemMatrix.Of(Population, Pool));

    /// <summary>The items of the pool's users, gathered on first use.</summary>
    /// <exception cref="KindredException">The population has no items.</exception>
    public ItemMatrix Items => _items.Value;

    /// <summary>The default maximum of users that negatives are drawn from.</summary>
    public const int DefaultPoolLimit = 2_000_000;

    /// <summary>Gathers the candidates of a target.</summary>
    /// <param name="population">The users.</param>
    /// <param name="country">The target country, or null for all users.</param>
    /// <param name="poolLimit">Maximum users that negatives are drawn from; a larger target is sampled down once.</param>
    /// <param name="seed">Seed of that sample.</param>
    /// <exception cref="KindredException">The population has no such country, or the country has no active user.</exception>
    public static TrainingContext For(Population population, string? country = null, int poolLimit = DefaultPoolLimit, ulong seed = 1)
    {
        var pool = CandidatePool.Of(population, population.CountryNumber(country), poolLimit, seed);
        if (pool.Candidates > 0) return new TrainingContext(population, pool);
        throw new KindredException(ErrorKind.BadInput, "population_has_no_active_users",
            $"No user {(country is null ? "in the population" : $"in {country}")} is active, so there are no users to rank.",
            "Check the users' column 'active', or the number of days in which an interaction makes a user active.")
        {
            Values = new Dictionary<string, object?> { ["country"] = country },
        };
    }
}

/// <summary>A method that expands a seed list.</summary>
public interface IMethod
{
    /// <summary>The name that selects it.</summary>
    string Name { get; }

    /// <summary>The inputs of a user that its scorers read.</summary>
    UserInputs Reads { get; }
}

/// <summary>A method that learns to score users.</summary>
public interface IExpansionMethod : IMethod
{
    /// <summary>Learns from one seed list. The same inputs and seed give the same scorer, bit for bit.</summary>
    /// <param name="seeds">The matched users to learn from.</param>
    /// <param name="seedWeights">One sample weight for each of these users: <see cref="SampleWeights"/>.</param>
    /// <param name="context">The population and its candidates.</param>
    /// <param name="cancellation">Stops the training.</param>
    SeedModel Train(SeedMatch seeds, float[] seedWeights, TrainingContext context, CancellationToken cancellation = default);
}

/// <summary>A method that trains many seed lists together faster than one after the other.</summary>
public interface IBatchMethod : IExpansionMethod
{
    /// <summary>Learns from every list; each model has the same bits as from <see cref="IExpansionMethod.Train"/>.</summary>
    /// <param name="lists">The matched users of each list to learn from.</param>
    /// <param name="seedWeights">For each list, one sample weight per user.</param>
    /// <param name="context">The population and its candidates.</param>
    /// <param name="threads">Worker threads; the result does not depend on it.</param>
    /// <param name="progress">Receives the completed share, 0 to 1; called from several threads.</param>
    /// <param name="cancellation">Stops the training.</param>
    SeedModel[] TrainAll(
        IReadOnlyList<SeedMatch> lists, IReadOnlyList<float[]> seedWeights, TrainingContext context, int threads,
        Action<double>? progress = null, CancellationToken cancellation = default);
}

/// <summary>A method that expands a seed list by choosing a set of users from the rankings of other methods, without scores.</summary>
/// <remarks>Sets of different sizes need not be nested, so each size is chosen separately.</remarks>
public interface ISetMethod : IMethod
{
    /// <summary>The methods whose rankings it combines.</summary>
    IReadOnlyList<IExpansionMethod> Parts { get; }

    /// <summary>Chooses a set.</summary>
    /// <param name="rankings">For each part its users, best first: at least <paramref name="size"/>, or all candidates.</param>
    /// <param name="size">The size of the set; it is smaller only if there are fewer candidates.</param>
    /// <param name="seeds">The seeds that the parts were trained on.</param>
    /// <returns>Distinct users in the order in which they were chosen.</returns>
    UserRow[] Combine(IReadOnlyList<IReadOnlyList<UserRow>> rankings, int size, int seeds);
}

/// <summary>The result of a training.</summary>
/// <param name="Scorer">Scores users for the seed list.</param>
/// <param name="Report">Figures of the training by name, for manifests and reports.</param>
public sealed record SeedModel(IUserScorer Scorer, IReadOnlyDictionary<string, double> Report)
{
    /// <summary>The reason for the method's choice, where the method itself chose how to train.</summary>
    public string? Reason { get; init; }
}
