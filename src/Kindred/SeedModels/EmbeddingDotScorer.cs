using Kindred.Numerics;
using Kindred.Scoring;

namespace Kindred.SeedModels;

/// <summary>Scores a user by the dot product of one vector with the user's embedding, as stored or at unit length.</summary>
public sealed class EmbeddingDotScorer : IStoredScorer, ILinearStart
{
    /// <summary>The kind of <see cref="Parameters"/>.</summary>
    public const string Kind = "embedding-dot";

    private readonly float[] _weights;

    // With a weight of 0 for the activity.
    private readonly float[] _inputWeights;
    private readonly bool _unitLength;

    /// <summary>A scorer of one vector.</summary>
    /// <param name="weights">[dimension].</param>
    /// <param name="unitLength">True if users are scaled to unit length: with a unit vector, the cosine.</param>
    public EmbeddingDotScorer(float[] weights, bool unitLength)
    {
        _weights = weights;
        _inputWeights = [.. weights, 0];
        _unitLength = unitLength;
    }

    /// <summary>[dimension].</summary>
    public IReadOnlyList<float> Weights => _weights;

    /// <summary>True if users are scaled to unit length.</summary>
    public bool UnitLength => _unitLength;

    /// <inheritdoc/>
    public UserInputs Reads => UserInputs.Embedding;

    /// <inheritdoc/>
    public double CostPerPair => _weights.Length;

    /// <inheritdoc/>
    public ScorerParameters Parameters => new(Kind)
    {
        Settings = new Dictionary<string, string> { ["unit_length"] = _unitLength ? "true" : "false" },
        Tensors = [new("weights", [_weights.Length], _weights)],
    };

    /// <summary>The format that stores the scorer and reads it back.</summary>
    internal static ScorerFormat Format { get; } = ScorerFormat.Of(Kind, From);

    private static EmbeddingDotScorer From(ScorerParameters parameters) =>
        new(parameters.Values("weights"), parameters.Setting("unit_length") == "true");

    /// <inheritdoc/>
    public void Score(UserTile users, Span<float> scores)
    {
        users.RequireDimension(_weights.Length);
        LinearStart.Score(this, users, scores);
    }

    /// <inheritdoc/>
    float ILinearStart.Bias => 0;

    /// <inheritdoc/>
    ReadOnlySpan<float> ILinearStart.Weights => _inputWeights;

    /// <inheritdoc/>
    void ILinearStart.Finish(UserTile users, Span<float> scores)
    {
        var lengths = users.HalfLengths[..users.Count];
        for (var i = 0; i < lengths.Length; i++) scores[i] = Scaled(scores[i], lengths[i]);
    }

    /// <inheritdoc/>
    float ILinearStart.Finish(ReadOnlySpan<float> user, float sum) => Scaled(sum, UserLanes.Length(user[..^1]));

    /// <summary>The lane groups hold e·|e|^(−½), a vector of length |e|^½.</summary>
    private float Scaled(float product, float length) => length == 0 ? 0 : _unitLength ? product / length : product * length;
}
