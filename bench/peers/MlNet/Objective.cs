using Kindred.Numerics;

namespace Kindred.Peers.MlNet;

/// <summary>The objective that both minimise: Σ ln(1 + e^(−y z)) + λ/2 |w|² without a penalty on the constant, in double.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Regularization">λ.</param>
internal sealed record Objective(IReadOnlyList<Row> Rows, double Regularization)
{
    public double Of(ReadOnlySpan<float> weights, double bias)
    {
        var sum = 0.0;
        foreach (var row in Rows)
        {
            var z = bias;
            for (var k = 0; k < weights.Length; k++) z += (double)weights[k] * row.Features[k];
            sum += PortableMath.Softplus(z) - (row.Label ? z : 0);
        }

        foreach (var weight in weights) sum += Regularization / 2 * weight * weight;
        return sum;
    }
}
