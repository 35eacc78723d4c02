using Kindred.Numerics;
using Kindred.Scoring;

namespace Kindred.SeedModels.Mlp;

/// <summary>Scores users with a <see cref="Network"/>.</summary>
public sealed class NetworkScorer : IStoredScorer, ILinearStart
{
    /// <summary>The kind of <see cref="Parameters"/>.</summary>
    public const string Kind = "network";

    /// <summary>A scorer of a network.</summary>
    public NetworkScorer(Network network) => Network = network;

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
        LinearStart.Score(this, users, scores);
    }

    /// <inheritdoc/>
    float ILinearStart.Bias => Network.Bias;

    /// <inheritdoc/>
    ReadOnlySpan<float> ILinearStart.Weights => Network.Skip;

    /// <inheritdoc/>
    void ILinearStart.Finish(UserTile users, Span<float> scores)
    {
        if (Network.Units == 0) return;
        Span<float> hidden = stackalloc float[Network.Units * UserTile.PanelUsers];
        for (var p = 0; p < users.PanelCount; p++)
        {
            UserLaneKernels.Relu(users.Panel(p), Network.Hidden, Network.HiddenBias, hidden);
            UserLaneKernels.AddDot(hidden, Network.Output, scores[(p * UserTile.PanelUsers)..]);
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
