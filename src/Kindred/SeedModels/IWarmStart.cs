using Kindred.SeedLists;

namespace Kindred.SeedModels;

/// <summary>A method that trains faster when it starts from the list's previous model.</summary>
public interface IWarmStart : IBatchMethod
{
    /// <summary>Learns from every list; a model's bits depend only on its list, the context and its previous model.</summary>
    /// <remarks>A previous model of another kind, dimension or shape, or one that is not finite, is ignored.</remarks>
    /// <param name="lists">The matched users to learn from.</param>
    /// <param name="seedWeights">For each list, one sample weight per user.</param>
    /// <param name="previous">For each list its previous model, in the embedding space of the population; null where there is none.</param>
    /// <param name="context">The population and its candidates.</param>
    /// <param name="threads">Worker threads; the result does not depend on it.</param>
    /// <param name="progress">Receives the completed share, 0 to 1; called from several threads.</param>
    /// <param name="cancellation">Stops the training.</param>
    SeedModel[] TrainAll(
        IReadOnlyList<SeedMatch> lists, IReadOnlyList<float[]> seedWeights, IReadOnlyList<PreviousModel?> previous, TrainingContext context,
        int threads, Action<double>? progress = null, CancellationToken cancellation = default);
}
