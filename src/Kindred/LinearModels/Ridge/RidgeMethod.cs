using Kindred.Numerics;
using Kindred.Scoring;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.LinearModels.Ridge;

/// <summary>Ridge regression of "is a seed" on a user's raw items: the seed list as a virtual item.</summary>
/// <remarks>
/// W = (XᵀX + λI)⁻¹ XᵀY for all lists together. X holds the items of the candidate pool (ones, with columns optionally scaled by
/// popularity), Y the seeds' sample weights. Seeds outside the pool count in XᵀY only. Solved by conjugate gradients, one lane per list:
/// its bits do not depend on the other lists.
/// </remarks>
public sealed class RidgeMethod(RidgeOptions options) : IBatchMethod
{
    // Lists that share one pass over the items: two vectors, so that the numbers of a user or item fill one cache line.
    private const int Lanes = 16;

    /// <inheritdoc/>
    public string Name => "ridge";

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
        var items = context.Items;
        var scale = ColumnScale(items);
        var perUser = context.Population.MeanItems;
        var models = new SeedModel[lists.Count];
        for (var first = 0; first < lists.Count; first += Lanes)
        {
            var lanes = Math.Min(Lanes, lists.Count - first);
            using var right = RightSide(lists, seedWeights, first, lanes, context, scale);
            using var solver = new RidgeSolver(items, scale, (float)options.Regularization, Lanes, threads);
            var (solution, steps) = solver.Solve(right, cancellation);
            using (solution)
            {
                for (var lane = 0; lane < lanes; lane++)
                {
                    var weights = new float[items.Items];
                    for (var item = 0; item < weights.Length; item++) weights[item] = solution.Row(item)[lane] * scale[item];
                    models[first + lane] = new SeedModel(new ItemWeightsScorer(weights, 0, perUser), new Dictionary<string, double>
                    {
                        ["positives"] = lists[first + lane].Users.Count,
                        ["steps"] = steps[lane],
                    });
                }
            }

            progress?.Invoke((double)(first + lanes) / lists.Count);
        }

        return models;
    }

    private float[] ColumnScale(ItemMatrix items)
    {
        var scale = new float[items.Items];
        for (var item = 0; item < scale.Length; item++)
        {
            scale[item] = options.PopularityExponent == 0
                ? 1
                : (float)PortableMath.Exp(-options.PopularityExponent * PortableMath.Log(Math.Max(1, items.UsersOf(item).Length)));
        }

        return scale;
    }

    private static AlignedMatrix RightSide(
        IReadOnlyList<SeedMatch> lists, IReadOnlyList<float[]> seedWeights, int first, int lanes, TrainingContext context, float[] scale)
    {
        var right = new AlignedMatrix(scale.Length, Lanes);
        for (var lane = 0; lane < lanes; lane++)
        {
            var (users, weights) = (lists[first + lane].Users, seedWeights[first + lane]);
            for (var i = 0; i < users.Count; i++)
            {
                foreach (var item in ItemMatrix.ItemsOf(context.Population, users[i])) right.Row(item)[lane] += weights[i];
            }
        }

        for (var item = 0; item < scale.Length; item++)
        {
            foreach (ref var value in right.Row(item)) value *= scale[item];
        }

        return right;
    }
}
