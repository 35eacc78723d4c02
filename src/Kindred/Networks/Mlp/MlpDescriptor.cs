using System.Globalization;
using Kindred.Scoring;
using Kindred.SeedModels;

namespace Kindred.Networks.Mlp;

/// <summary>Describes <see cref="MlpMethod"/>, and the options of networks by name.</summary>
public static class MlpDescriptor
{
    private const string NonNegative = "nnpu";

    private static readonly MethodOption _regularization = MethodOption.Of<MlpOptions>(
        nameof(MlpOptions.RegularizationPerDimension),
        "L2 penalty of the linear part: its λ is this times the dimension of the embeddings.", "summed loss");

    private static readonly MethodOption _hiddenRegularization = MethodOption.Of<MlpOptions>(
        nameof(MlpOptions.HiddenRegularization), "L2 penalty λ of the hidden layers and the output weights.", "summed loss");

    private static readonly MethodOption _hiddenUnits = MethodOption.Of<MlpOptions>(
        nameof(MlpOptions.HiddenUnits), "Units of the hidden layer: a multiple of 16 up to 512, or 0 for linear models.", "units");

    private static readonly MethodOption _secondHiddenUnits = MethodOption.Of<MlpOptions>(
        nameof(MlpOptions.SecondHiddenUnits), "Units of a second hidden layer after the first: a multiple of 16 up to 512, or 0 for none.",
        "units");

    private static readonly MethodOption _hiddenFrom = MethodOption.Of<MlpOptions>(
        nameof(MlpOptions.HiddenFrom), "Minimum seeds for a hidden layer; smaller seed lists get a linear model.", "users");

    private static readonly MethodOption _epochs = MethodOption.Of<MlpOptions>(
        nameof(MlpOptions.Epochs), "Maximum training passes of the hidden layer over the rows.", "passes");

    private static readonly MethodOption _learningRate = MethodOption.Of<MlpOptions>(
        nameof(MlpOptions.LearningRate), "Adam's learning rate at the first step; it falls linearly to zero.");

    private static readonly MethodOption _loss = new("loss", MethodOptionKind.Choice)
    {
        Description = "Loss of the hidden layer: weighted cross-entropy, or nnpu, the non-negative positive-unlabelled risk.",
        Default = "weighted",
        Choices = ["weighted", NonNegative],
    };

    private static readonly MethodOption _positivePrior = MethodOption.Of<MlpOptions>(
        nameof(MlpOptions.PositivePrior),
        "For the loss nnpu: the share of positives among users who are not seeds. Default: the list's seeds over the candidates.",
        "share") with
    { OnlyWith = (_loss, NonNegative), Example = 0.01 };

    private static readonly MethodOption _maxPositives = MethodOption.Of<MlpOptions>(
        nameof(MlpOptions.MaxPositives), "Maximum seeds per list to train on; a larger list is sampled.", "users");

    private static readonly MethodOption _maxNegatives = MethodOption.Of<MlpOptions>(
        nameof(MlpOptions.MaxNegatives), "Maximum negatives per list to train on; more are sampled.", "users");

    /// <summary>The options of the linear part, which linear models also have.</summary>
    internal static IReadOnlyList<MethodOption> LinearOptions { get; } = [_regularization, _maxPositives, _maxNegatives];

    /// <summary>The description.</summary>
    internal static MethodDescriptor Value { get; } = new()
    {
        Name = "mlp",
        Summary = "A network on embedding and activity: a linear part, and a hidden layer beside it for larger lists.",
        Reads = UserInputs.Embedding | UserInputs.Activity,
        Create = (settings, _) => new MlpMethod(OptionsOf(settings)),
        Options =
        [
            _regularization, _hiddenRegularization, _hiddenUnits, _secondHiddenUnits, _hiddenFrom, _epochs, _learningRate, _loss,
            _positivePrior, _maxPositives, _maxNegatives,
        ],
        Check = settings => OptionsOf(settings).RequireLayers(),
        Record = settings => Record(OptionsOf(settings)),
        Scorers = NetworkScorer.Formats,
        StartsFromPreviousModel = true,
        Variants =
        [
            new("mlp", (minimum, seed) => new MlpMethod(new MlpOptions { MinimumSeeds = minimum, Seed = seed }))
            {
                WorthFrom = new MlpOptions().HiddenFrom,
            },
        ],
    };

    /// <summary>The options of a network with these settings.</summary>
    /// <param name="settings">The settings; values of other methods' options are not read.</param>
    public static MlpOptions OptionsOf(MethodSettings settings) => new()
    {
        RegularizationPerDimension = settings.Get<double>(_regularization),
        HiddenRegularization = settings.Get<double>(_hiddenRegularization),
        HiddenUnits = settings.Get<int>(_hiddenUnits),
        SecondHiddenUnits = settings.Get<int>(_secondHiddenUnits),
        HiddenFrom = settings.Get<int>(_hiddenFrom),
        Epochs = settings.Get<int>(_epochs),
        LearningRate = settings.Get<double>(_learningRate),
        Loss = settings.Get<string>(_loss) == NonNegative ? MlpLoss.NonNegative : MlpLoss.Weighted,
        PositivePrior = settings.TryGet<double>(_positivePrior, out var prior) ? prior : null,
        MaxPositives = settings.Get<int>(_maxPositives),
        MaxNegatives = settings.Get<int>(_maxNegatives),
        MinimumSeeds = settings.MinimumSeeds,
        Seed = settings.Seed,
    };

    /// <summary>The settings of a network that manifests record. Their order is fixed.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> Record(MlpOptions options)
    {
        yield return Setting(_regularization.Name, options.RegularizationPerDimension);
        yield return Setting(_hiddenRegularization.Name, options.HiddenRegularization);
        yield return Setting(_hiddenFrom.Name, options.HiddenFrom);
        yield return Setting(_hiddenUnits.Name, options.HiddenUnits);
        if (options.SecondHiddenUnits > 0) yield return Setting(_secondHiddenUnits.Name, options.SecondHiddenUnits);
        yield return Setting(_epochs.Name, options.Epochs);
        yield return Setting("batch_size", options.BatchSize);
        yield return Setting(_learningRate.Name, options.LearningRate);
        yield return Setting(_maxPositives.Name, options.MaxPositives);
        yield return Setting(_maxNegatives.Name, options.MaxNegatives);
        if (options.Loss != MlpLoss.NonNegative) yield break;
        yield return KeyValuePair.Create(_loss.Name, NonNegative);
        if (options.PositivePrior is { } prior) yield return Setting(_positivePrior.Name, prior);
    }

    private static KeyValuePair<string, string> Setting<T>(string name, T value)
        where T : IFormattable => KeyValuePair.Create(name, value.ToString(null, CultureInfo.InvariantCulture));
}
