using Kindred.Numerics;
using Kindred.Scoring;

namespace Kindred.SeedModels.Mlp;

/// <summary>Scores users with a <see cref="Network"/>.</summary>
public sealed class NetworkScorer : IStoredScorer
{
    /// <summary>The kind of <see cref="Parameters"/>.</summary>
    public const string Kind = "network";

    private readonly float[] _packedHidden;
    private readonly float[] _hiddenBias;
    private readonly float[] _output;
    private readonly int _units;

    /// <summary>Packs a network's weights for scoring.</summary>
    public NetworkScorer(Network network)
    {
        Network = network;
        // Four units side by side; a unit that only fills up has output weight 0.
        _units = (network.Units + 3) / 4 * 4;
        _hiddenBias = new float[_units];
        _output = new float[_units];
        network.HiddenBias.CopyTo(_hiddenBias, 0);
        network.Output.CopyTo(_output, 0);
        _packedHidden = new float[_units * network.Inputs];
        for (var unit = 0; unit < network.Units; unit++)
        {
            for (var k = 0; k < network.Inputs; k++)
            {
                _packedHidden[(unit / 4 * network.Inputs + k) * 4 + unit % 4] = network.Hidden[unit * network.Inputs + k];
            }
        }
    }

    /// <summary>The parameters.</summary>
    public Network Network { get; }

    /// <inheritdoc/>
    public double CostPerPair => Network.Inputs * (1.0 + Network.Units) + Network.Units;

    /// <inheritdoc/>
    public ScorerParameters Parameters => new(Kind)
    {
        Tensors =
        [
            new("skip", [Network.Inputs], Network.Skip),
            new("bias", [1], [Network.Bias]),
            .. Network.Units == 0 ? (ScorerTensor[])[] :
            [
                new("hidden", [Network.Units, Network.Inputs], Network.Hidden),
                new("hidden_bias", [Network.Units], Network.HiddenBias),
                new("output", [Network.Units], Network.Output),
            ],
        ],
    };

    /// <summary>Makes a scorer again.</summary>
    internal static NetworkScorer From(ScorerParameters parameters) => new(new Network(
        parameters.Values("skip"), parameters.Values("bias")[0], parameters.Values("hidden"), parameters.Values("hidden_bias"), parameters.Values("output")));

    /// <inheritdoc/>
    public UserInputs Reads => UserInputs.Embedding | UserInputs.Activity;

    /// <inheritdoc/>
    public void Score(UserTile users, Span<float> scores)
    {
        users.RequireDimension(Network.Inputs - 1);
        Span<float> hidden = stackalloc float[_units * UserTile.PanelUsers];
        Span<float> sums = stackalloc float[UserTile.PanelUsers];
        for (var p = 0; p < users.PanelCount; p++)
        {
            var panel = users.Panel(p);
            sums.Fill(Network.Bias);
            UserLaneKernels.AddDot(panel, Network.Skip, sums);
            if (_units > 0)
            {
                UserLaneKernels.Relu(panel, _packedHidden, _hiddenBias, hidden);
                UserLaneKernels.AddDot(hidden, _output, sums);
            }

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
        Span<float> inputs = stackalloc float[Network.Inputs];
        UserPanel.HalfNormalize(embedding, inputs);
        inputs[^1] = activity;

        var score = UserLaneKernels.AddDot(inputs, Network.Skip, Network.Bias);
        for (var unit = 0; unit < Network.Units; unit++)
        {
            var weights = Network.Hidden.AsSpan(unit * Network.Inputs, Network.Inputs);
            var value = UserLaneKernels.AddDot(inputs, weights, Network.HiddenBias[unit]);
            score = MathF.FusedMultiplyAdd(Network.Output[unit], Math.Max(value, 0), score);
        }

        return score;
    }
}
