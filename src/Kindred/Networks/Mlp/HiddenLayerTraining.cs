using Kindred.Numerics;
using Kindred.Populations;
using Kindred.Sampling;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Networks.Mlp;

/// <summary>Trains a hidden layer beside the linear model of one list.</summary>
internal sealed class HiddenLayerTraining(string list, TrainingSet set, MlpOptions options, double? prior, CancellationToken cancellation)
{
    private readonly ulong _key = KeyOf(options, list);
    private readonly HiddenLayerRows _validation = HiddenLayerRows.Of(options, list);

    /// <summary>The key of everything random in one list's training.</summary>
    public static ulong KeyOf(MlpOptions options, string list) =>
        SampleKey.Of(options.Seed, UserHash.Of("network"u8)).Then(HoldOut.ListKey(list));

    /// <summary>Finds the number of epochs with the minimum loss on a tenth of the rows, after training on the others; 0 if the linear
    /// model is best.</summary>
    /// <param name="linear">The linear model of the other rows.</param>
    public int ChooseEpochs(double[] linear)
    {
        var validation = Part(set, held: true);
        var best = 0;
        var least = Loss(new StandardizedNetwork(Array.ConvertAll(linear, weight => (float)weight), [], []), validation);
        FitNetwork(linear, rows => Part(rows, held: false), options.Epochs, (epoch, network) =>
        {
            var loss = Loss(network, validation);
            if (loss < least) (least, best) = (loss, epoch);
            return epoch - best < options.Patience;
        });
        return best;
    }

    /// <summary>Trains for a number of epochs, or until <paramref name="goOn"/> returns false. Each epoch has fresh negatives if there are
    /// more than it uses.</summary>
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

    /// <summary>The weights of the rows that epochs are chosen on, or of all other rows.</summary>
    private float[] Part(TrainingSet rows, bool held)
    {
        var weights = new float[rows.Count];
        for (var i = 0; i < weights.Length; i++)
        {
            if (_validation.IsHeld(rows.Hashes[i]) == held) weights[i] = rows.Weights[i];
        }

        return weights;
    }

    public TrainingDivergedException Diverged(int epoch, double loss) =>
        new(list, epoch, loss, set.Weights.Max(), options.LearningRate);

    /// <summary>The mean weighted loss over the rows with a weight other than 0, or their non-negative risk.</summary>
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
