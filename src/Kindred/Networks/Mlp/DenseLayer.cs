namespace Kindred.Networks.Mlp;

/// <summary>A hidden layer of rectified linear units: max(0, weights · inputs + bias).</summary>
/// <param name="Weights">[units × inputs] row-major.</param>
/// <param name="Bias">[units].</param>
public sealed record DenseLayer(float[] Weights, float[] Bias)
{
    /// <summary>Number of units.</summary>
    public int Units => Bias.Length;

    /// <summary>Weights of one unit.</summary>
    /// <returns>[inputs].</returns>
    public ReadOnlySpan<float> Unit(int unit) => Weights.AsSpan(unit * (Weights.Length / Units), Weights.Length / Units);
}
