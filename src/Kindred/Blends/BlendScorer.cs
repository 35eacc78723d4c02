using Kindred.Networks.Mlp;
using Kindred.Scoring;
using Kindred.SeedModels;

namespace Kindred.Blends;

/// <summary>Adds up the scores of other scorers: bias + Σ weight · score.</summary>
public sealed class BlendScorer : IStoredScorer
{
    /// <summary>The kind of <see cref="Parameters"/>.</summary>
    public const string Kind = "blend";

    private readonly IStoredScorer[] _parts;
    private readonly float[] _weights;
    private readonly float _bias;

    /// <summary>Combines scorers. Scorers with one weight per item are merged into one, and so are those with one weight per embedding
    /// number.</summary>
    /// <param name="parts">At least one scorer.</param>
    /// <param name="weights">[parts] finite weights.</param>
    /// <param name="bias">Added to every score.</param>
    public BlendScorer(IReadOnlyList<IStoredScorer> parts, IReadOnlyList<float> weights, float bias)
        : this([.. parts], [.. weights], bias, merge: true)
    {
    }

    private BlendScorer(IStoredScorer[] parts, float[] weights, float bias, bool merge)
    {
        ArgumentOutOfRangeException.ThrowIfZero(parts.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, parts.Length);
        (_parts, _weights) = merge ? Merged(parts, weights) : (parts, weights);
        _bias = bias;
    }

    /// <summary>The combined scorers.</summary>
    public IReadOnlyList<IStoredScorer> Parts => _parts;

    /// <inheritdoc/>
    public UserInputs Reads => _parts.Aggregate(UserInputs.None, (reads, part) => reads | part.Reads);

    /// <inheritdoc/>
    public double CostPerPair => _parts.Sum(part => part.CostPerPair + 1);

    /// <inheritdoc/>
    public ScorerParameters Parameters => new(Kind)
    {
        Tensors = [new("weights", [_weights.Length], _weights), new("bias", [1], [_bias])],
        Parts = [.. _parts.Select(part => part.Parameters)],
    };

    /// <summary>The format that stores the scorer and reads it back.</summary>
    internal static ScorerFormat Format { get; } = new(Kind, (parameters, readPart) =>
        new BlendScorer([.. parameters.Parts.Select(readPart)], parameters.Values("weights"), parameters.Values("bias")[0], merge: false));

    /// <inheritdoc/>
    public void Score(UserTile users, Span<float> scores)
    {
        Span<float> part = stackalloc float[UserTile.Capacity];
        scores[..users.Count].Fill(_bias);
        for (var p = 0; p < _parts.Length; p++)
        {
            _parts[p].Score(users, part);
            for (var i = 0; i < users.Count; i++) scores[i] = MathF.FusedMultiplyAdd(_weights[p], part[i], scores[i]);
        }
    }

    /// <summary>Merges linear scorers of the same inputs, so that a blend of them costs as much as one of them.</summary>
    private static (IStoredScorer[] Parts, float[] Weights) Merged(IStoredScorer[] parts, float[] weights)
    {
        var merged = new List<(IStoredScorer Part, float Weight)>();
        foreach (var group in parts.Zip(weights).GroupBy(pair => MergeKey(pair.First)))
        {
            var members = group.ToArray();
            if (group.Key is null || members.Length == 1) merged.AddRange(members);
            else merged.Add((Sum(members), 1));
        }

        return ([.. merged.Select(pair => pair.Part)], [.. merged.Select(pair => pair.Weight)]);
    }

    private static string? MergeKey(IStoredScorer part) => part switch
    {
        ItemWeightsScorer => ItemWeightsScorer.Kind,
        EmbeddingDotScorer dot => EmbeddingDotScorer.Kind + dot.UnitLength,
        NetworkScorer { Network.Units: 0 } => NetworkScorer.Kind,
        _ => null,
    };

    private static IStoredScorer Sum((IStoredScorer Part, float Weight)[] members) => members[0].Part switch
    {
        ItemWeightsScorer items => new ItemWeightsScorer(
            Sum(members, part => ((ItemWeightsScorer)part).Weights),
            Sum(members, part => [((ItemWeightsScorer)part).Bias])[0], items.CostPerPair),
        EmbeddingDotScorer dot => new EmbeddingDotScorer(Sum(members, part => ((EmbeddingDotScorer)part).Weights), dot.UnitLength),
        _ => new NetworkScorer(new Network(
            Sum(members, part => ((NetworkScorer)part).Network.Skip), Sum(members, part => [((NetworkScorer)part).Network.Bias])[0],
            [], [])),
    };

    private static float[] Sum((IStoredScorer Part, float Weight)[] members, Func<IStoredScorer, IReadOnlyList<float>> values)
    {
        var sum = new double[values(members[0].Part).Count];
        foreach (var (part, weight) in members)
        {
            var of = values(part);
            for (var i = 0; i < sum.Length; i++) sum[i] += (double)weight * of[i];
        }

        return Array.ConvertAll(sum, value => (float)value);
    }
}
