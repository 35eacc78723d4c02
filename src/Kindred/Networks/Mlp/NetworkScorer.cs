using System.Buffers;
using System.Runtime.CompilerServices;
using Kindred.Numerics;
using Kindred.Scoring;
using Kindred.SeedModels;

namespace Kindred.Networks.Mlp;

/// <summary>Scores users with a <see cref="Network"/>.</summary>
public sealed class NetworkScorer : IStoredScorer, ILinearStart
{
    /// <summary>The kind of <see cref="Parameters"/> of a network with at most one hidden layer.</summary>
    public const string Kind = "network";

    /// <summary>The kind of <see cref="Parameters"/> of a network with several hidden layers.</summary>
    public const string DeepKind = "deep-network";

    private readonly int _widest;

    /// <summary>Creates a scorer of a network with at most 1,024 units per layer.</summary>
    public NetworkScorer(Network network)
    {
        Network = network;
        _widest = network.Hidden.Select(layer => layer.Units).DefaultIfEmpty().Max();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_widest, NetworkParameters.MostUnits, nameof(network));
    }

    /// <summary>The parameters.</summary>
    public Network Network { get; }

    /// <inheritdoc/>
    public double CostPerPair => Network.Cost;

    /// <inheritdoc/>
    public ScorerParameters Parameters => NetworkParameters.Of(Network);

    /// <summary>The format that stores the scorer and reads it back.</summary>
    internal static IReadOnlyList<ScorerFormat> Formats { get; } = [ScorerFormat.Of(Kind, From), ScorerFormat.Of(DeepKind, From)];

    private static NetworkScorer From(ScorerParameters parameters) => new(NetworkParameters.Read(parameters));

    /// <inheritdoc/>
    public UserInputs Reads => UserInputs.Embedding | UserInputs.Activity;

    /// <inheritdoc/>
    float ILinearStart.Bias => Network.Bias;

    /// <inheritdoc/>
    ReadOnlySpan<float> ILinearStart.Weights => Network.Skip;

    /// <inheritdoc/>
    public void Score(UserTile users, Span<float> scores)
    {
        users.RequireDimension(Network.Inputs - 1);
        LinearStart.Score(this, users, scores);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    void ILinearStart.Finish(UserTile users, Span<float> scores)
    {
        if (Network.Hidden.Count == 0) return;
        Span<float> here = stackalloc float[_widest * UserTile.LaneCount], there = stackalloc float[_widest * UserTile.LaneCount];
        for (var p = 0; p < users.LaneGroups; p++)
        {
            scoped ReadOnlySpan<float> inputs = users.LaneGroup(p);
            for (var layer = 0; layer < Network.Hidden.Count; layer++)
            {
                var (weights, bias) = Network.Hidden[layer];
                var hidden = (layer % 2 == 0 ? here : there)[..(bias.Length * UserTile.LaneCount)];
                UserLaneKernels.Relu(inputs, weights, bias, hidden);
                inputs = hidden;
            }

            UserLaneKernels.AddDot(inputs, Network.Output, scores[(p * UserTile.LaneCount)..]);
        }
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    float ILinearStart.Finish(ReadOnlySpan<float> user, float sum)
    {
        if (Network.Hidden.Count == 0) return sum;
        var scratch = ArrayPool<float>.Shared.Rent(RowDots.Scratch(Math.Max(user.Length, _widest)));
        Span<float> here = stackalloc float[_widest], there = stackalloc float[_widest];
        scoped var inputs = user;
        for (var layer = 0; layer < Network.Hidden.Count; layer++)
        {
            var (weights, bias) = Network.Hidden[layer];
            var hidden = (layer % 2 == 0 ? here : there)[..bias.Length];
            bias.CopyTo(hidden);
            RowDots.Add(inputs, weights, hidden, scratch);
            foreach (ref var value in hidden) value = Math.Max(value, 0);
            inputs = hidden;
        }

        ArrayPool<float>.Shared.Return(scratch);
        return UserLaneKernels.AddDot(inputs, Network.Output, sum);
    }
}
