namespace Kindred.Networks.Mlp;

/// <summary>A choice of epochs of the hidden layer, and how old it is.</summary>
/// <param name="Epochs">Epochs; 0 for no hidden layer.</param>
/// <param name="Positives">Seeds of the list when they were chosen.</param>
/// <param name="Reuses">Models since then that did not choose again.</param>
internal readonly record struct ChosenEpochs(int Epochs, int Positives, int Reuses)
{
    /// <summary>The share of its seeds that a list may win or lose before its epochs are chosen again.</summary>
    /// <remarks>Against the list as it was when they were chosen, so that many small steps count as the large one that they add up to.</remarks>
    public const double MostChange = 0.2;

    /// <summary>After 7 to 14 models, by list, epochs are chosen again, since a list can change without growing; not those of all lists on one day.</summary>
    public const int FewestReuses = 7, ReusesRange = 8;

    private const string PositivesKey = "epochs_chosen_on", ReusesKey = "epochs_reused";

    /// <summary>The choice that a list's next model may keep, or null where it must choose.</summary>
    /// <param name="report">Of the previous model.</param>
    /// <param name="network">The previous model.</param>
    /// <param name="options">How the next is trained.</param>
    /// <param name="positives">Seeds that it is trained on.</param>
    /// <param name="key">The list's key.</param>
    public static ChosenEpochs? From(IReadOnlyDictionary<string, double> report, Network network, MlpOptions options, int positives, ulong key)
    {
        if (Read(report, "epochs", options.Epochs) is not { } epochs || Read(report, PositivesKey, int.MaxValue) is not { } then) return null;
        var reuses = Read(report, ReusesKey, int.MaxValue) ?? 0;
        if (reuses >= FewestReuses + (int)(key % ReusesRange) || !(Math.Abs(positives - (double)then) < MostChange * then)) return null;
        var units = network.Hidden.Select(layer => layer.Units);
        return units.SequenceEqual(epochs > 0 ? options.Layers : []) ? new ChosenEpochs(epochs, then, reuses + 1) : null;
    }

    /// <summary>Adds what <see cref="From"/> reads, but for the epochs.</summary>
    public void WriteTo(Dictionary<string, double> report)
    {
        report[PositivesKey] = Positives;
        if (Reuses > 0) report[ReusesKey] = Reuses;
    }

    private static int? Read(IReadOnlyDictionary<string, double> report, string key, int most) =>
        report.TryGetValue(key, out var value) && value >= 0 && value <= most && value == Math.Floor(value) ? (int)value : null;
}
