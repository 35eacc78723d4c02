namespace Kindred.Networks.Mlp;

/// <summary>A choice of epochs of the hidden layer, and its age.</summary>
/// <param name="Epochs">The number of epochs; 0 for no hidden layer.</param>
/// <param name="Positives">Seeds of the list at the time of the choice.</param>
/// <param name="Reuses">Number of models since then that reused the choice.</param>
internal readonly record struct ChosenEpochs(int Epochs, int Positives, int Reuses)
{
    /// <summary>The share of its seeds that a list may gain or lose before its epochs are chosen again.</summary>
    /// <remarks>The list is compared with its state at the time of the choice, so that many small changes add up to a large one.</remarks>
    public const double MostChange = 0.2;

    /// <summary>After 7 to 14 models epochs are chosen again, because a list can change without growing. The number differs by list, so
    /// that not all lists choose on the same day.</summary>
    public const int FewestReuses = 7, ReusesRange = 8;

    private const string PositivesKey = "epochs_chosen_on", ReusesKey = "epochs_reused";

    /// <summary>The choice that a list's next model may reuse; null if it must choose again.</summary>
    /// <param name="report">The report of the previous model.</param>
    /// <param name="network">The previous model.</param>
    /// <param name="options">Options of the next model.</param>
    /// <param name="positives">Number of seeds that the next model is trained on.</param>
    /// <param name="key">The list's key.</param>
    public static ChosenEpochs? From(IReadOnlyDictionary<string, double> report, Network network, MlpOptions options, int positives,
        ulong key)
    {
        if (Read(report, "epochs", options.Epochs) is not { } epochs || Read(report, PositivesKey, int.MaxValue) is not { } then)
        {
            return null;
        }
        var reuses = Read(report, ReusesKey, int.MaxValue) ?? 0;
        if (reuses >= FewestReuses + (int)(key % ReusesRange) || !(Math.Abs(positives - (double)then) < MostChange * then)) return null;
        var units = network.Hidden.Select(layer => layer.Units);
        return units.SequenceEqual(epochs > 0 ? options.Layers : []) ? new ChosenEpochs(epochs, then, reuses + 1) : null;
    }

    /// <summary>Adds the figures that <see cref="From"/> reads, except the epochs.</summary>
    public void WriteTo(Dictionary<string, double> report)
    {
        report[PositivesKey] = Positives;
        if (Reuses > 0) report[ReusesKey] = Reuses;
    }

    private static int? Read(IReadOnlyDictionary<string, double> report, string key, int most) =>
        report.TryGetValue(key, out var value) && value >= 0 && value <= most && value == Math.Floor(value) ? (int)value : null;
}
