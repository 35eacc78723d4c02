using Kindred.Networks.Mlp;
using Kindred.Numerics;

namespace Kindred.Tests.Networks.Mlp;

/// <summary>A network's score as the chains of fused multiply-adds that define its bits.</summary>
internal static class ChainedNetwork
{
    public static float Score(Network network, ReadOnlySpan<float> embedding, float activity)
    {
        var user = new float[network.Inputs];
        UserLanes.HalfNormalize(embedding, user);
        user[^1] = activity;
        var inputs = user;
        foreach (var layer in network.Hidden)
        {
            var of = inputs;
            inputs = [.. layer.Bias.Select((bias, unit) => Math.Max(Chain(of, layer.Unit(unit), bias), 0))];
        }

        var score = Chain(user, network.Skip, network.Bias);
        return network.Hidden.Count > 0 ? Chain(inputs, network.Output, score) : score;
    }

    private static float Chain(float[] inputs, ReadOnlySpan<float> weights, float sum)
    {
        for (var k = 0; k < inputs.Length; k++) sum = MathF.FusedMultiplyAdd(weights[k], inputs[k], sum);
        return sum;
    }
}
