using Kindred.LinearModels.Logistic;
using Kindred.Numerics;
using Kindred.Scoring;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.LinearModels.Regression;

/// <summary>L2-regularised logistic regression of "is a seed" on a user's raw items: the baseline of the act-alike post.</summary>
/// <remarks>
/// Minimises Σ w ln(1 + e^(−y z)) + |θ|²/(2C), z = bias + Σ θ over the user's items, the bias not regularised. Every user of the candidate
/// pool who is not a seed is a negative, with weight 1, or more if the pool is a sample. Every seed is a positive with its sample weight,
/// in the pool or not. The score is z, the log-odds that a user is a seed.
/// </remarks>
public sealed class RegressionMethod(RegressionOptions options) : IBatchMethod
{
    // Lists that share one pass over the items: two vectors, so that the numbers of a user or item fill one cache line.
    private const int Lanes = 16;

    // Below this ratio of |gradient| to its size at the start, another step changes no rank that matters.
    private static readonly NewtonTolerance _tolerance = new(1e-4, 0);

    /// <inheritdoc/>
    public string Name => "regression";

    /// <inheritdoc/>
    public UserInputs Reads => UserInputs.Items;

    /// <inheritdoc/>
    public SeedModel Train(SeedMatch seeds, float[] seedWeights, TrainingContext context, CancellationToken cancellation = default) =>
        TrainAll([seeds], [seedWeights], context, 1, null, cancellation)[0];

    /// <inheritdoc/>
    public SeedModel[] TrainAll(
        IReadOnlyList<SeedMatch> lists, IReadOnlyList<float[]> seedWeights, TrainingContext context, int threads,
        Action<double>? progress = null, CancellationToken cancellation = default)
    {
        foreach (var list in lists) list.RequireAtLeast(options.MinimumSeeds);
        var rows = new ItemRows(context, lists);
        var perUser = context.Population.MeanItems;
        var models = new SeedModel[lists.Count];
        var done = 0;
        var lanes = lists.Count <= Lanes / 2 ? Lanes / 2 : Lanes;
        using var solver = new NewtonSolver(new ItemPass(rows, 1 / options.C, lanes, threads), _tolerance, threads);

        // The largest lists go first: a large list at the end would keep one lane busy while the others wait.
        solver.Solve(Enumerable.Range(0, lists.Count).OrderByDescending(i => lists[i].Users.Count), Begin, Finish, cancellation);
        return models;

        LogisticTask Begin(int list)
        {
            var (signed, positive, negative) = rows.Users.WeightsOf(lists[list], seedWeights[list], rows.Pool.Scale);
            return new LogisticTask(signed, PortableMath.Log(positive / negative));
        }

        void Finish(int list, LogisticSolution solution)
        {
            models[list] = Model(lists[list], solution, perUser);
            progress?.Invoke((double)++done / lists.Count);
        }
    }

    private static SeedModel Model(SeedMatch seeds, LogisticSolution solution, double perUser)
    {
        if (!double.IsFinite(solution.Lane.Loss) || !float.IsFinite(solution.Bias))
        {
            throw new KindredException(ErrorKind.BadInput, "regression_failed",
                $"The regression of seed list '{seeds.List.Id}' failed: its loss is {solution.Lane.Loss}. " +
                "The likely cause is an extreme sample weight.",
                "Look at the list's metric columns.");
        }

        return new SeedModel(new ItemWeightsScorer(solution.Weights, solution.Bias, perUser), new Dictionary<string, double>
        {
            ["positives"] = seeds.Users.Count,
            ["steps"] = solution.Lane.Steps,
            ["passes"] = solution.Lane.Passes,
            ["loss"] = solution.Lane.Loss,
        });
    }
}
