using Kindred.Numerics;
using Kindred.Scoring;
using Kindred.SeedLists;

namespace Kindred.SeedModels.Regression;

/// <summary>L2-regularised logistic regression of "is a seed" on a user's raw items: the baseline of the act-alike post.</summary>
/// <remarks>
/// Minimises Σ w ln(1 + e^(−y z)) + |θ|²/(2C), z = bias + Σ θ over the user's items, the bias not regularised. Every user of the
/// candidate pool who is no seed is a negative (of weight 1, or more where the pool is a sample), every seed a positive with his
/// sample weight, in the pool or not. The score is z, the log-odds that a user is a seed.
/// </remarks>
public sealed class RegressionMethod(RegressionOptions options) : IBatchMethod
{
    // Lists that share one pass over the items: two vectors, so that a user's and an item's numbers are one cache line.
    private const int Lanes = 16;

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
        var rows = new RegressionRows(context, lists);
        var perUser = context.Population.MeanItems;
        var models = new SeedModel[lists.Count];
        var done = 0;
        using var solver = new RegressionSolver(rows, 1 / options.C, lists.Count <= Lanes / 2 ? Lanes / 2 : Lanes, threads);

        // The largest lists first, so that no lane is left with one at the end.
        solver.Solve(Enumerable.Range(0, lists.Count).OrderByDescending(i => lists[i].Users.Count), Begin, Finish, cancellation);
        return models;

        RegressionTask Begin(int list)
        {
            var (signed, positive, negative) = rows.WeightsOf(lists[list], seedWeights[list], context.Population);
            return new RegressionTask(signed, PortableMath.Log(positive / negative));
        }

        void Finish(int list, RegressionSolution solution)
        {
            models[list] = Model(lists[list], solution, perUser);
            progress?.Invoke((double)++done / lists.Count);
        }
    }

    private static SeedModel Model(SeedMatch seeds, RegressionSolution solution, double perUser)
    {
        if (!double.IsFinite(solution.Lane.Loss) || !float.IsFinite(solution.Bias))
        {
            throw new KindredException(ErrorKind.BadInput,
                $"The regression of seed list '{seeds.List.Id}' failed: its loss is {solution.Lane.Loss}. The likely cause is an extreme sample weight; look at the list's metric columns.");
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
