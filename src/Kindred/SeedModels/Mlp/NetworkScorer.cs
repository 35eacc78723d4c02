using Kindred.Numerics;
using Kindred.Scoring;

namespace Kindred.SeedModels.Mlp;

/// <summary>Scores users with a <see cref="Network"/>.</summary>
public sealed class NetworkScorer : IStoredScorer
{
    /// <summary>The kind of <see cref="Parameters"/> of a network with at most one hidden layer.</summary>
    public const string Kind = "network";

    /// <summary>The kind of <see cref="Parameters"/> of a network with several hidden layers.</summary>
    public const string DeepKind = "deep-network";

    private readonly DenseLayer[] _packed;
    private readonly int _widest;

    /// <summary>Packs a network's weights for scoring.</summary>
    public NetworkScorer(Network network)
    {
        Network = network;
        _packed = [.. network.Hidden.Select(Pack)];
        _widest = _packed.Select(layer => layer.Units).DefaultIfEmpty().Max();
    }

    /// <summary>The parameters.</summary>
    public Network Network { get; }

    /// <inheritdoc/>
    public double CostPerPair => Network.Cost;

    /// <inheritdoc/>
    public ScorerParameters Parameters => NetworkParameters.Of(Network);

    /// <summary>Makes a scorer again.</summary>
    internal static NetworkScorer From(ScorerParameters parameters) => new(NetworkParameters.Read(parameters));

    /// <inheritdoc/>
    public UserInputs Reads => UserInputs.Embedding | UserInputs.Activity;

    /// <inheritdoc/>
    public void Score(UserTile users, Span<float> scores)
    {
        users.RequireDimension(Network.Inputs - 1);
        Span<float> here = stackalloc float[_widest * UserTile.PanelUsers], there = stackalloc float[_widest * UserTile.PanelUsers];
        Span<float> sums = stackalloc float[UserTile.PanelUsers];
        for (var p = 0; p < users.PanelCount; p++)
        {
            scoped ReadOnlySpan<float> inputs = users.Panel(p);
            sums.Fill(Network.Bias);
            UserLaneKernels.AddDot(inputs, Network.Skip, sums);
            for (var layer = 0; layer < _packed.Length; layer++)
            {
                var hidden = (layer % 2 == 0 ? here : there)[..(_packed[layer].Units * UserTile.PanelUsers)];
                UserLaneKernels.Relu(inputs, _packed[layer].Weights, _packed[layer].Bias, hidden);
                inputs = hidden[..(Network.Hidden[layer].Units * UserTile.PanelUsers)];
            }

            if (_packed.Length > 0) UserLaneKernels.AddDot(inputs, Network.Output, sums);
            var first = p * UserTile.PanelUsers;
            sums[..Math.Min(UserTile.PanelUsers, users.Count - first)].CopyTo(scores[first..]);
        }
    }

    /// <summary>Scores one user, with the same bits as <see cref="Score(UserTile, Span{float})"/>.</summary>
    /// <param name="embedding">[dimension] as stored in the population.</param>
    /// <param name="activity">log1p of his interactions, as stored; 0 where the population knows none.</param>
    public float Score(ReadOnlySpan<float> embedding, float activity)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(embedding.Length, Network.Inputs - 1);
        Span<float> user = stackalloc float[Network.Inputs];
        UserPanel.HalfNormalize(embedding, user);
        user[^1] = activity;

        Span<float> here = stackalloc float[_widest], there = stackalloc float[_widest];
        scoped ReadOnlySpan<float> inputs = user;
        for (var layer = 0; layer < Network.Hidden.Count; layer++)
        {
            var hidden = (layer % 2 == 0 ? here : there)[..Network.Hidden[layer].Units];
            for (var unit = 0; unit < hidden.Length; unit++)
            {
                hidden[unit] = Math.Max(UserLaneKernels.AddDot(inputs, Network.Hidden[layer].Unit(unit), Network.Hidden[layer].Bias[unit]), 0);
            }

            inputs = hidden;
        }

        var score = UserLaneKernels.AddDot(user, Network.Skip, Network.Bias);
        return Network.Hidden.Count > 0 ? UserLaneKernels.AddDot(inputs, Network.Output, score) : score;
    }

    /// <summary>[units / 4][inputs][4]; a unit that only fills up to a multiple of 4 is all zeros.</summary>
    private static DenseLayer Pack(DenseLayer layer)
    {
        var units = (layer.Units + 3) / 4 * 4;
        var inputs = layer.Weights.Length / layer.Units;
        var weights = new float[units * inputs];
        for (var unit = 0; unit < layer.Units; unit++)
        {
            var of = layer.Unit(unit);
            for (var k = 0; k < inputs; k++) weights[(unit / 4 * inputs + k) * 4 + unit % 4] = of[k];
        }

        return new DenseLayer(weights, [.. layer.Bias, .. new float[units - layer.Units]]);
    }
}
