using System.ComponentModel.DataAnnotations;
using Kindred.Networks.Linear;
using Kindred.SeedModels;

namespace Kindred.Networks.Mlp;

/// <summary>Options of training the classifier of one seed list.</summary>
public sealed record MlpOptions
{
    /// <summary>Maximum seeds read in training; a larger list is sampled down to this many.</summary>
    /// <value>Users. Default 200,000, as in the act-alike post (Evaluation).</value>
    [Range(25, 10_000_000)]
    public int MaxPositives { get; init; } = 200_000;

    /// <summary>Maximum other users read as negatives.</summary>
    /// <value>Users. Default 200,000.</value>
    [Range(100, 10_000_000)]
    public int MaxNegatives { get; init; } = 200_000;

    /// <summary>λ of the linear part per dimension: λ is this times the length of an embedding.</summary>
    /// <value>In units of the summed loss. Default 2.5, so 640 at the default dimension of 256: see docs/decisions.</value>
    [Range(0.0, 1e9)]
    public double RegularizationPerDimension { get; init; } = 2.5;

    /// <summary>λ of the hidden units of all layers and the output weights.</summary>
    /// <value>In units of the summed loss. Default 10.</value>
    [Range(0.0, 1e9)]
    public double HiddenRegularization { get; init; } = 10;

    /// <summary>Lists with fewer seeds than this get a linear model.</summary>
    /// <value>Users. Default 1,000: below, a hidden layer did not help on any measured data set.</value>
    [Range(0, int.MaxValue)]
    public int HiddenFrom { get; init; } = 1_000;

    /// <summary>Units of the hidden layer beside the linear part.</summary>
    /// <value>A multiple of 16, or 0 for a linear model. Default 64.</value>
    [Range(0, 512)]
    public int HiddenUnits { get; init; } = 64;

    /// <summary>Units of a second hidden layer, after the first.</summary>
    /// <value>A multiple of 16. Default 0: none.</value>
    [Range(0, 512)]
    public int SecondHiddenUnits { get; init; }

    /// <summary>Maximum passes over the training rows.</summary>
    [Range(1, 1000)]
    public int Epochs { get; init; } = 8;

    /// <summary>Rows per step.</summary>
    [Range(16, 1 << 20)]
    public int BatchSize { get; init; } = 1024;

    /// <summary>Adam's learning rate at the first step; it falls linearly to zero.</summary>
    [Range(1e-6, 1.0)]
    public double LearningRate { get; init; } = 4e-3;

    /// <summary>Epochs without a lower loss on the validation rows after which the choice of epochs stops.</summary>
    [Range(1, 1000)]
    public int Patience { get; init; } = 3;

    /// <summary>Share of the rows that epochs are chosen on.</summary>
    [Range(0.01, 0.5)]
    public double ValidationShare { get; init; } = 0.1;

    /// <summary>The loss that the training of the hidden layer minimises; the linear model that it starts from always minimises the
    /// weighted loss.</summary>
    public MlpLoss Loss { get; init; } = MlpLoss.Weighted;

    /// <summary>π: the share of positives among users who are not seeds, for <see cref="MlpLoss.NonNegative"/>.</summary>
    /// <value>
    /// Default null: the list's seeds over the candidates, which assumes about as many hidden positives as seeds.
    /// </value>
    [Range(0.0, 1.0)]
    public double? PositivePrior { get; init; }

    /// <summary>Minimum seeds in the population for a list to be trained.</summary>
    /// <value>Users. Default 25.</value>
    [Range(1, int.MaxValue)]
    public int MinimumSeeds { get; init; } = 25;

    /// <summary>Seed of everything random.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Units of each hidden layer.</summary>
    internal IReadOnlyList<int> Layers => SecondHiddenUnits > 0 ? [HiddenUnits, SecondHiddenUnits] : [HiddenUnits];

    /// <summary>Throws unless layers of these sizes can be trained on this loss.</summary>
    /// <exception cref="KindredException">A size is not a multiple of 16, or an option needs a layer that does not exist.</exception>
    public void RequireLayers()
    {
        RequireMultiple("hidden_units", HiddenUnits, "0 for linear models");
        RequireMultiple("second_hidden_units", SecondHiddenUnits, "0 for none");
        if (HiddenUnits == 0 && SecondHiddenUnits > 0)
        {
            throw new KindredException(ErrorKind.Usage, "second_hidden_layer_without_first",
                $"'second_hidden_units' is {SecondHiddenUnits}, but 'hidden_units' is 0: a second hidden layer needs a first.",
                "Give the first hidden layer at least 16 units, or leave the second out.")
            {
                Values = new Dictionary<string, object?> { ["second_hidden_units"] = SecondHiddenUnits },
            };
        }

        if (HiddenUnits == 0 && Loss == MlpLoss.NonNegative)
        {
            throw new KindredException(ErrorKind.Usage, "loss_without_hidden_layer",
                "'nnpu' is a loss of the hidden layer, but there is no hidden layer: linear models are always fitted to the weighted loss.",
                "Leave the loss out, or use the method mlp with at least 16 hidden units.");
        }
    }

    private static void RequireMultiple(string option, int units, string otherwise)
    {
        if (units >= 0 && units % 16 == 0) return;
        throw new KindredException(ErrorKind.Usage, "hidden_units_wrong",
            $"'{option}' is {units}; it must be a multiple of 16, as in 32, or {otherwise}.", "Give it another number.")
        {
            Values = new Dictionary<string, object?> { ["option"] = option, ["units"] = units },
        };
    }

    internal TrainingSample Sample => new(MaxPositives, MaxNegatives, Seed);

    /// <summary>The maximum memory that training needs.</summary>
    /// <param name="dimension">Length of an embedding.</param>
    /// <param name="candidates">Users of the candidate pool.</param>
    /// <param name="users">Users of the population.</param>
    /// <param name="largest">Seeds of the largest list.</param>
    /// <param name="threads">Worker threads.</param>
    /// <returns>Bytes.</returns>
    public long TrainingBytes(int dimension, long candidates, long users, int largest, int threads)
    {
        // All linear models, on shared rows: inputs, and for each lane a weight as given and as scaled, and a curvature. In addition the
        // preconditioner: sums of eight blocks, their mean, factors of some scales, and a product per thread.
        var shared = Math.Min(MaxNegatives, candidates);
        var others = Math.Min(users - shared, Math.Max(LinearFits.MostOthers, largest));
        var square = (dimension + 17L) * (dimension + 17L);
        var linear = (shared + others) * ((dimension + 17L) * sizeof(float) + LinearFits.MostLanes * 3 * sizeof(float) + 64) +
            square * (17 * sizeof(double) + threads * sizeof(float));
        if (HiddenUnits == 0 || largest < HiddenFrom) return linear;

        // Then hidden layers, one list per thread: rows of inputs, and for each row its hash, order, label, weights and scores. With fresh
        // negatives, two sets are held at times. The other candidates are listed with hashes, weights and sample keys.
        var rows = Math.Min(MaxPositives, largest) + shared;
        var sets = candidates > MaxNegatives ? 2 : 1;
        return Math.Max(linear, threads * (sets * rows * ((dimension + 18L) * sizeof(float) + 64) + candidates * 48));
    }
}
