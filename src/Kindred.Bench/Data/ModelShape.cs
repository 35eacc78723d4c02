namespace Kindred.Bench.Data;

/// <summary>The layers of a model.</summary>
/// <param name="Dimension">Length of an embedding.</param>
/// <param name="Hidden">Units of each hidden layer; none for a linear model.</param>
internal sealed record ModelShape(int Dimension, params int[] Hidden)
{
    // Besides the embedding, a user has one more input: the activity.
    private int Inputs => Dimension + 1;

    private double FirstLayer => Hidden.Length > 0 ? (double)Inputs * Hidden[0] : 0;

    private double LaterLayers => Hidden.Zip([.. Hidden.Skip(1), 1], (inputs, units) => (double)inputs * units).Sum();

    /// <summary>Operations to score a user: a product and a sum for each weight, including those of the linear part beside the
    /// layers.</summary>
    public double ScoringFlops => 2 * (Inputs + FirstLayer + LaterLayers);

    /// <summary>
    /// Operations to learn from a user: those of the forward pass, as many for the gradient of the weights, and as many again for the
    /// gradient of the inputs of the layers after the first. Losses, order of the rows and optimiser are not counted: they are overhead.
    /// </summary>
    public double TrainingFlops => 4 * (Inputs + FirstLayer + LaterLayers) + 2 * LaterLayers;

    /// <inheritdoc/>
    public override string ToString() => string.Join('-', [Dimension, .. Hidden, 1]);
}
