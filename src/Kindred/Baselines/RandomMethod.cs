using Kindred.Populations;
using Kindred.Sampling;
using Kindred.Scoring;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Baselines;

/// <summary>Ranks users at random: recall at this level is worth nothing.</summary>
/// <param name="seed">Seed of the order.</param>
public sealed class RandomMethod(ulong seed) : IExpansionMethod
{
    /// <inheritdoc/>
    public string Name => "random";

    /// <inheritdoc/>
    public UserInputs Reads => UserInputs.None;

    /// <inheritdoc/>
    public SeedModel Train(SeedMatch seeds, float[] seedWeights, TrainingContext context, CancellationToken cancellation = default)
    {
        var key = SampleKey.Of(seed, UserHash.Of("random baseline"u8)).Then(HoldOut.ListKey(seeds.List.Id));
        return new SeedModel(new Scorer(key), new Dictionary<string, double>());
    }

    private sealed class Scorer(ulong key) : IUserScorer
    {
        public UserInputs Reads => UserInputs.None;

        public double CostPerPair => 1;

        public void Score(UserTile users, Span<float> scores)
        {
            for (var i = 0; i < users.Count; i++)
            {
                scores[i] = (float)key.Then(UserHash.Of(users.Shard.UserIds[users.Rows[i]])).ToUnit();
            }
        }
    }
}
