using Kindred.Numerics;
using Kindred.SeedLists;

namespace Kindred.SeedModels;

/// <summary>Trains one model for each of many seed lists, several at a time.</summary>
public static class ModelTraining
{
    /// <summary>Trains every list; one list's model does not depend on the others.</summary>
    /// <param name="method">The method.</param>
    /// <param name="lists">The users of each list to learn from.</param>
    /// <param name="weights">The sample weights of the seeds.</param>
    /// <param name="context">The population and its candidates.</param>
    /// <param name="threads">Lists trained at a time; the result does not depend on it.</param>
    /// <param name="progress">Receives the completed share, 0 to 1; called from several threads.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>One model per list, in the order given.</returns>
    public static SeedModel[] TrainAll(
        IExpansionMethod method, IReadOnlyList<SeedMatch> lists, SampleWeightOptions weights, TrainingContext context, int threads,
        Action<double>? progress = null, CancellationToken cancellation = default) =>
        TrainAll(method, lists, [.. lists.Select(list => SampleWeights.Of(list, weights))], context, threads, progress, cancellation);

    /// <summary>Trains every list; one list's model does not depend on the others.</summary>
    /// <param name="method">The method.</param>
    /// <param name="lists">The users of each list to learn from.</param>
    /// <param name="seedWeights">For each list, one sample weight per user.</param>
    /// <param name="context">The population and its candidates.</param>
    /// <param name="threads">Lists trained at a time; the result does not depend on it.</param>
    /// <param name="progress">Receives the completed share, 0 to 1; called from several threads.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>One model per list, in the order given.</returns>
    public static SeedModel[] TrainAll(
        IExpansionMethod method, IReadOnlyList<SeedMatch> lists, IReadOnlyList<float[]> seedWeights, TrainingContext context, int threads,
        Action<double>? progress = null, CancellationToken cancellation = default)
    {
        if (method is IBatchMethod batch) return batch.TrainAll(lists, seedWeights, context, threads, progress, cancellation);

        // The largest lists go first: a large list at the end would keep one thread busy while the others wait.
        var order = Enumerable.Range(0, lists.Count).OrderByDescending(i => lists[i].Users.Count).ToArray();
        var models = new SeedModel[lists.Count];
        var done = 0;
        Workers.Run(threads, lists.Count, (piece, _) =>
        {
            var list = lists[order[piece]];
            models[order[piece]] = method.Train(list, seedWeights[order[piece]], context, cancellation);
            progress?.Invoke((double)Interlocked.Increment(ref done) / lists.Count);
        }, cancellation);
        return models;
    }

    /// <summary>Trains every list from its previous model if the method supports that; other methods start cold.</summary>
    /// <param name="method">The method.</param>
    /// <param name="lists">The users of each list to learn from.</param>
    /// <param name="seedWeights">For each list, one sample weight per user.</param>
    /// <param name="previous">For each list its previous model, in the embedding space of the population; null where there is none.</param>
    /// <param name="context">The population and its candidates.</param>
    /// <param name="threads">Lists trained at a time; the result does not depend on it.</param>
    /// <param name="progress">Receives the completed share, 0 to 1; called from several threads.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>One model per list, in the order given.</returns>
    public static SeedModel[] TrainAll(
        IExpansionMethod method, IReadOnlyList<SeedMatch> lists, IReadOnlyList<float[]> seedWeights, IReadOnlyList<PreviousModel?> previous,
        TrainingContext context, int threads, Action<double>? progress = null, CancellationToken cancellation = default) =>
        method is IWarmStart warm
            ? warm.TrainAll(lists, seedWeights, previous, context, threads, progress, cancellation)
            : TrainAll(method, lists, seedWeights, context, threads, progress, cancellation);
}
