using Kindred.Scoring;

namespace Kindred.SeedModels;

/// <summary>Scores a user by the sum of the weights of their items. Every linear model of raw items has this form.</summary>
public sealed class ItemWeightsScorer : IStoredScorer
{
    /// <summary>The kind of <see cref="Parameters"/>.</summary>
    public const string Kind = "item-weights";

    private readonly float[] _weights;
    private readonly float _bias;

    /// <summary>A scorer of these weights.</summary>
    /// <param name="weights">[items] by item number.</param>
    /// <param name="bias">The score of a user without items.</param>
    /// <param name="itemsPerUser">Mean items per user, which is the cost of a score.</param>
    public ItemWeightsScorer(float[] weights, float bias, double itemsPerUser)
    {
        _weights = weights;
        _bias = bias;
        CostPerPair = itemsPerUser;
    }

    /// <summary>[items] by item number.</summary>
    public IReadOnlyList<float> Weights => _weights;

    /// <summary>The score of a user without items.</summary>
    public float Bias => _bias;

    /// <inheritdoc/>
    public UserInputs Reads => UserInputs.Items;

    /// <inheritdoc/>
    public double CostPerPair { get; }

    /// <inheritdoc/>
    public ScorerParameters Parameters => new(Kind)
    {
        Tensors = [new("weights", [_weights.Length], _weights), new("bias", [1], [_bias]),
            new("items_per_user", [1], [(float)CostPerPair])],
    };

    /// <summary>The format that stores the scorer and reads it back.</summary>
    internal static ScorerFormat Format { get; } = ScorerFormat.Of(Kind, From);

    private static ItemWeightsScorer From(ScorerParameters parameters) =>
        new(parameters.Values("weights"), parameters.Values("bias")[0], parameters.Values("items_per_user")[0]);

    /// <inheritdoc/>
    public void Score(UserTile users, Span<float> scores)
    {
        var rows = users.Shard.Features!;
        var starts = rows.Starts.Span;
        var columns = rows.Columns.Span;
        var at = users.Rows;
        for (var i = 0; i < users.Count; i++)
        {
            double sum = _bias;
            foreach (var item in columns[(int)starts[at[i]]..(int)starts[at[i] + 1]]) sum += _weights[item];
            scores[i] = (float)sum;
        }
    }
}
