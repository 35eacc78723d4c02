using Kindred.Networks.Mlp;
using Kindred.Scoring;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Networks.Linear;

/// <summary>Logistic regression on the embedding and the activity: the network without a hidden layer, for lists of any size.</summary>
/// <param name="options">Options of the training; those of the hidden layer are not read.</param>
public sealed class LinearMethod(MlpOptions options) : IWarmStart
{
    private readonly MlpMethod _linear = new(options with { HiddenUnits = 0, SecondHiddenUnits = 0 });

    /// <inheritdoc/>
    public string Name => "linear";

    /// <inheritdoc/>
    public UserInputs Reads => _linear.Reads;

    /// <inheritdoc/>
    public SeedModel Train(SeedMatch seeds, float[] seedWeights, TrainingContext context, CancellationToken cancellation = default) =>
        _linear.Train(seeds, seedWeights, context, cancellation);

    /// <inheritdoc/>
    public SeedModel[] TrainAll(
        IReadOnlyList<SeedMatch> lists, IReadOnlyList<float[]> seedWeights, TrainingContext context, int threads,
        Action<double>? progress = null, CancellationToken cancellation = default) =>
        _linear.TrainAll(lists, seedWeights, context, threads, progress, cancellation);

    /// <inheritdoc/>
    public SeedModel[] TrainAll(
        IReadOnlyList<SeedMatch> lists, IReadOnlyList<float[]> seedWeights, IReadOnlyList<PreviousModel?> previous, TrainingContext context,
        int threads, Action<double>? progress = null, CancellationToken cancellation = default) =>
        _linear.TrainAll(lists, seedWeights, previous, context, threads, progress, cancellation);
}
