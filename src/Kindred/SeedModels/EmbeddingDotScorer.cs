using Kindred.Numerics;
using Kindred.Scoring;

namespace Kindred.SeedModels;

/// <summary>Scores a user by the product of his embedding, as stored or at unit length, with one vector.</summary>
public sealed class EmbeddingDotScorer : IStoredScorer
{
    /// <summary>The kind of <see cref="Parameters"/>.</summary>
    public const string Kind = "embedding-dot";

    private readonly float[] _weights;
    private readonly bool _unitLength;

    /// <summary>A scorer of one vector.</summary>
    /// <param name="weights">[dimension].</param>
    /// <param name="unitLength">Whether users are scaled to unit length: with a unit vector, the cosine.</param>
    public EmbeddingDotScorer(float[] weights, bool unitLength)
    {
        _weights = weights;
        _unitLength = unitLength;
    }

    /// <summary>[dimension].</summary>
    public IReadOnlyList<float> Weights => _weights;

    /// <summary>Whether users are scaled to unit length.</summary>
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

    /// <summary>Makes a scorer again.</summary>
    internal static EmbeddingDotScorer From(ScorerParameters parameters) =>
        new(parameters.Values("weights"), parameters.Setting("unit_length") == "true");

    /// <inheritdoc/>
    public void Score(UserTile users, Span<float> scores)
    {
        users.RequireDimension(_weights.Length);
        var lengths = users.HalfLengths;
        Span<float> sums = stackalloc float[UserTile.PanelUsers];
        for (var p = 0; p < users.PanelCount; p++)
        {
            sums.Clear();
            UserLaneKernels.AddDot(users.Panel(p)[..(users.Dimension * UserTile.PanelUsers)], _weights, sums);
            var first = p * UserTile.PanelUsers;
            for (var u = 0; u < Math.Min(UserTile.PanelUsers, users.Count - first); u++)
            {
                // The panel holds e·|e|^(−½), whose length is |e|^½.
                var length = lengths[first + u];
                scores[first + u] = length == 0 ? 0 : _unitLength ? sums[u] / length : sums[u] * length;
            }
        }
    }
}
