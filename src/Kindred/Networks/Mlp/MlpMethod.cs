using Kindred.Networks.Linear;
using Kindred.Numerics;
using Kindred.Scoring;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Networks.Mlp;

/// <summary>The network of the act-alike post on user embeddings, with the changes that improved measured recall.</summary>
/// <remarks>
/// Linear models are fitted exactly, for all lists together. Large enough lists then get a hidden layer beside the linear part. Its epochs
/// are chosen on a tenth of the list (zero epochs is a possible choice) before it is fitted again on the whole list. A list with a previous
/// model starts its linear model there and finds the same minimum; it also reuses its choice of epochs for a while. Its hidden layer is
/// fitted from scratch. The reasons are in docs/decisions.
/// </remarks>
public sealed class MlpMethod : IWarmStart
{
    private readonly MlpOptions _options;

    /// <summary>Creates the method with default options.</summary>
    public MlpMethod()
        : this(new MlpOptions())
    {
    }

    /// <summary>Creates the method with these options.</summary>
    /// <exception cref="KindredException">The layers cannot be trained: <see cref="MlpOptions.RequireLayers"/>.</exception>
    public MlpMethod(MlpOptions options)
    {
        options.RequireLayers();
        _options = options;
    }

    /// <inheritdoc/>
    public string Name => "mlp";

    /// <inheritdoc/>
    public UserInputs Reads => UserInputs.Embedding | UserInputs.Activity;

    /// <inheritdoc/>
    public SeedModel Train(SeedMatch seeds, float[] seedWeights, TrainingContext context, CancellationToken cancellation = default) =>
        TrainAll([seeds], [seedWeights], context, 1, null, cancellation)[0];

    /// <inheritdoc/>
    public SeedModel[] TrainAll(
        IReadOnlyList<SeedMatch> lists, IReadOnlyList<float[]> seedWeights, TrainingContext context, int threads,
        Action<double>? progress = null, CancellationToken cancellation = default) =>
        TrainAll(lists, seedWeights, new PreviousModel?[lists.Count], context, threads, progress, cancellation);

    /// <inheritdoc/>
    public SeedModel[] TrainAll(
        IReadOnlyList<SeedMatch> lists, IReadOnlyList<float[]> seedWeights, IReadOnlyList<PreviousModel?> previous, TrainingContext context,
        int threads, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        foreach (var list in lists) list.RequireAtLeast(_options.MinimumSeeds);
        var scale = InputScale.Of(context.Population, _options.Sample.SharedOf(context.Pool), threads, cancellation);

        // The linear models of all lists, followed by those with which epochs of hidden layers are chosen.
        var starts = previous.Select(model => StartOf(model, context.Population.Dimension)).ToArray();
        var tasks = Enumerable.Range(0, lists.Count).Select(i => new LinearTask(lists[i], seedWeights[i], null, starts[i])).ToList();
        var deep = Enumerable.Range(0, lists.Count).Where(i => _options.HiddenUnits > 0 && lists[i].Users.Count >= _options.HiddenFrom)
            .OrderByDescending(i => lists[i].Users.Count).ToArray();
        var kept = deep.ToDictionary(i => i, i => starts[i] is { } start ? KeptEpochs(previous[i]!.Report, start, lists[i]) : null);
        var choosing = deep.Where(i => kept[i] is null).Select((i, piece) => (i, piece))
            .ToDictionary(pair => pair.i, pair => lists.Count + pair.piece);
        tasks.AddRange(choosing.Keys.Select(i => tasks[i] with { Takes = HiddenLayerRows.Of(_options, lists[i].List.Id).IsNotHeld }));
        var (done, steps) = (0, tasks.Count + deep.Length);
        var linear = LinearFits.Fit(tasks, context, _options, scale, threads, _ => progress?.Invoke((double)++done / steps), cancellation);

        var models = new SeedModel[lists.Count];
        for (var i = 0; i < models.Length; i++) models[i] = Model(linear[i], linear[i].ToNetwork(), null, linear[i].Loss);
        Workers.Run(threads, deep.Length, (piece, _) =>
        {
            var i = deep[piece];
            var ofMost = choosing.TryGetValue(i, out var task) ? linear[task] : null;
            models[i] = WithHiddenLayer(lists[i], seedWeights[i], context, linear[i], kept[i], ofMost, cancellation);
            progress?.Invoke((double)Interlocked.Increment(ref done) / steps);
        }, cancellation);
        return models;
    }

    /// <summary>The previous model as a network that a training can start from, or null.</summary>
    private static Network? StartOf(PreviousModel? previous, int dimension) =>
        previous?.Scorer is NetworkScorer { Network: var network } && network.Inputs == dimension + 1 && network.IsFinite ? network : null;

    private ChosenEpochs? KeptEpochs(IReadOnlyDictionary<string, double> report, Network previous, SeedMatch seeds) =>
        ChosenEpochs.From(report, previous, _options, Math.Min(_options.MaxPositives, seeds.Users.Count),
            HiddenLayerTraining.KeyOf(_options, seeds.List.Id));

    /// <param name="seeds">The list.</param>
    /// <param name="seedWeights">Its sample weights.</param>
    /// <param name="context">The population and its candidates.</param>
    /// <param name="linear">Its linear model.</param>
    /// <param name="kept">The reused epochs, or null to choose them.</param>
    /// <param name="ofMost">The linear model of most rows, used to choose the epochs.</param>
    /// <param name="cancellation">Stops.</param>
    private SeedModel WithHiddenLayer(
        SeedMatch seeds, float[] seedWeights, TrainingContext context, LinearModel linear, ChosenEpochs? kept, LinearModel? ofMost,
        CancellationToken cancellation)
    {
        if (kept is { Epochs: 0 }) return Model(linear, linear.ToNetwork(), kept, linear.Loss);
        using var set = TrainingSet.Of(seeds, seedWeights, context.Population, context.Pool, _options.Sample, linear.Scale);
        double? prior = _options.Loss == MlpLoss.NonNegative
            ? _options.PositivePrior ?? Math.Min(1, (double)seeds.Users.Count / context.Pool.Candidates)
            : null;
        var training = new HiddenLayerTraining(seeds.List.Id, set, _options, prior, cancellation);
        var chosen = kept ?? new ChosenEpochs(training.ChooseEpochs(ofMost!.Weights), linear.Positives, 0);
        if (chosen.Epochs == 0) return Model(linear, linear.ToNetwork(), chosen, linear.Loss);

        var fitted = training.FitNetwork(linear.Weights, rows => rows.Weights, chosen.Epochs, null);
        var loss = training.Loss(fitted, set.Weights);
        var network = fitted.ToNetwork(set, prior is not null ? 0 : set.LogitOffset);
        return network.IsFinite && double.IsFinite(loss) ? Model(linear, network, chosen, loss)
            : throw training.Diverged(chosen.Epochs, loss);
    }

    private SeedModel Model(LinearModel rows, Network network, ChosenEpochs? chosen, double loss)
    {
        var report = new Dictionary<string, double>
        {
            ["positives"] = rows.Positives,
            ["negatives"] = rows.Negatives,
            ["linear_passes"] = rows.Passes,
            ["hidden_units"] = network.Units,
        };
        if (_options.SecondHiddenUnits > 0) report["second_hidden_units"] = network.Hidden.Count > 1 ? network.Hidden[1].Units : 0;
        report["epochs"] = chosen?.Epochs ?? 0;
        chosen?.WriteTo(report);
        report["loss"] = loss;
        return new SeedModel(new NetworkScorer(network), report);
    }
}
