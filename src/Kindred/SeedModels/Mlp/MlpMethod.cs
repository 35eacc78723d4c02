using Kindred.Numerics;
using Kindred.Populations;
using Kindred.Scoring;
using Kindred.SeedLists;

namespace Kindred.SeedModels.Mlp;

/// <summary>The network of the act-alike post on user embeddings, with what was measured to matter.</summary>
/// <remarks>
/// A linear model is fitted exactly; lists that are large enough then get a hidden layer beside it, whose epochs are chosen on a
/// tenth of the list (none at all is a choice) before it is fitted again on all of it. The reasons are in docs/decisions.
/// </remarks>
public sealed class MlpMethod : IExpansionMethod
{
    private readonly MlpOptions _options;

    /// <summary>The method with its defaults.</summary>
    public MlpMethod()
        : this(new MlpOptions())
    {
    }

    /// <summary>The method with these settings.</summary>
    /// <exception cref="KindredException">The number of hidden units is not a multiple of 16.</exception>
    public MlpMethod(MlpOptions options)
    {
        if (options.HiddenUnits < 0 || options.HiddenUnits % 16 != 0)
        {
            throw new KindredException(ErrorKind.Usage,
                $"--hidden-units is {options.HiddenUnits}; it must be a multiple of 16, or 0 for linear models.");
        }

        if (options.SecondHiddenUnits < 0 || options.SecondHiddenUnits % 16 != 0 || options is { HiddenUnits: 0, SecondHiddenUnits: > 0 })
        {
            throw new KindredException(ErrorKind.Usage,
                $"--second-hidden-units is {options.SecondHiddenUnits} with --hidden-units {options.HiddenUnits}; it must be a multiple of 16 beside a first hidden layer, or 0 for none.");
        }

        if (options is { HiddenUnits: 0, Loss: MlpLoss.NonNegative })
        {
            throw new KindredException(ErrorKind.Usage,
                "--loss nnpu is a loss of the hidden layer, and there is none: linear models are always fitted to the weighted loss. " +
                "Leave --loss out, or use --method mlp with --hidden-units of at least 16.");
        }

        _options = options;
    }

    /// <inheritdoc/>
    public string Name => "mlp";

    /// <inheritdoc/>
    public UserInputs Reads => UserInputs.Embedding | UserInputs.Activity;

    /// <inheritdoc/>
    public SeedModel Train(SeedMatch seeds, float[] seedWeights, TrainingContext context, CancellationToken cancellation = default)
    {
        seeds.RequireAtLeast(_options.MinimumSeeds);
        using var set = TrainingSet.Of(seeds, seedWeights, context.Population, context.Pool, _options.Sample);
        double? prior = _options.Loss == MlpLoss.NonNegative
            ? _options.PositivePrior ?? Math.Min(1, (double)seeds.Users.Count / context.Pool.Candidates)
            : null;
        var training = new Training(seeds.List.Id, set, _options, prior, cancellation);
        var linear = training.FitLinear(set.Weights);
        var epochs = _options.HiddenUnits > 0 && seeds.Users.Count >= _options.HiddenFrom ? training.ChooseEpochs() : 0;
        var fitted = epochs > 0 ? training.FitNetwork(linear, rows => rows.Weights, epochs, null) : Training.Linear(linear);
        var loss = training.Loss(fitted, set.Weights);
        var network = fitted.ToNetwork(set, epochs > 0 && prior is not null ? 0 : set.LogitOffset);
        if (!network.IsFinite || !double.IsFinite(loss)) throw training.Diverged(epochs, loss);

        var positives = set.Labels.Count(label => label > 0);
        var report = new Dictionary<string, double>
        {
            ["positives"] = positives,
            ["negatives"] = set.Count - positives,
            ["hidden_units"] = network.Units,
            ["epochs"] = epochs,
            ["loss"] = loss,
        };
        if (network.Hidden.Count > 1) report["second_hidden_units"] = network.Hidden[1].Units;
        return new SeedModel(new NetworkScorer(network), report);
    }

    private sealed class Training(string list, TrainingSet set, MlpOptions options, double? prior, CancellationToken cancellation)
    {
        private readonly ulong _key = SampleKey.Of(options.Seed, UserHash.Of("network"u8)).Then(HoldOut.ListKey(list));

        public static StandardizedNetwork Linear(double[] linear) =>
            new(Array.ConvertAll(linear, weight => (float)weight), [], []);

        public double[] FitLinear(float[] weights)
        {
            var theta = LogisticRegression.Fit(set, set.Labels, weights, options.RegularizationPerDimension * (set.Columns - 2), null, cancellation);
            var loss = Loss(Linear(theta), weights);
            return double.IsFinite(loss) ? theta : throw Diverged(0, loss);
        }

        /// <summary>The number of epochs with the least loss on a tenth of the rows, after training on the others; 0 if the linear model is best.</summary>
        public int ChooseEpochs()
        {
            var validation = Part(set, held: true);
            var linear = FitLinear(Part(set, held: false));
            var best = 0;
            var least = Loss(Linear(linear), validation);
            FitNetwork(linear, rows => Part(rows, held: false), options.Epochs, (epoch, network) =>
            {
                var loss = Loss(network, validation);
                if (loss < least) (least, best) = (loss, epoch);
                return epoch - best < options.Patience;
            });
            return best;
        }

        /// <summary>Trains for a number of epochs, each with fresh negatives where there are more than are used at a time, or until <paramref name="goOn"/> says no.</summary>
        public StandardizedNetwork FitNetwork(
            double[] linear, Func<TrainingSet, float[]> weightsOf, int epochs, Func<int, StandardizedNetwork, bool>? goOn)
        {
            using var trainer = new NetworkTrainer(set, set.Labels, weightsOf(set), linear, options, _key, prior);
            for (var epoch = 1; epoch <= epochs; epoch++)
            {
                var loss = RunEpoch(trainer, epoch - 1, weightsOf);
                if (!double.IsFinite(loss)) throw Diverged(epoch, loss);
                if (goOn is not null && !goOn(epoch, trainer.Current())) break;
            }

            return trainer.Current();
        }

        private double RunEpoch(NetworkTrainer trainer, int epoch, Func<TrainingSet, float[]> weightsOf)
        {
            var rows = set.ForEpoch(epoch);
            if (rows == set) return trainer.RunEpoch(epoch, cancellation);
            using (rows)
            {
                trainer.Use(rows, weightsOf(rows));
                return trainer.RunEpoch(epoch, cancellation);
            }
        }

        /// <summary>Weights of the rows that epochs are chosen on, or of all others; a user is always on the same side.</summary>
        private float[] Part(TrainingSet rows, bool held)
        {
            var key = _key.Then(UserHash.Of("validation"u8));
            var weights = new float[rows.Count];
            for (var i = 0; i < weights.Length; i++)
            {
                if (key.Then(rows.Hashes[i]).ToUnit() < options.ValidationShare == held) weights[i] = rows.Weights[i];
            }

            return weights;
        }

        public TrainingDivergedException Diverged(int epoch, double loss) =>
            new(list, epoch, loss, set.Weights.Max(), options.LearningRate);

        /// <summary>The mean weighted loss over the rows that weigh anything, or their non-negative risk.</summary>
        public double Loss(StandardizedNetwork network, float[] weights)
        {
            var scores = network.Predict(set, weights);
            if (prior is { } share) return new NonNegativeRisk(set.Labels, weights, share).Of(scores, set.Labels, weights);
            double loss = 0, total = 0;
            for (var i = 0; i < scores.Length; i++)
            {
                if (weights[i] == 0) continue;
                loss += weights[i] * (PortableMath.Softplus(scores[i]) - set.Labels[i] * scores[i]);
                total += weights[i];
            }

            return loss / total;
        }
    }
}
