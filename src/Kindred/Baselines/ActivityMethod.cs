using Kindred.Scoring;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Baselines;

/// <summary>Ranks users by the number of their interactions, for every seed list alike: the baseline that any method must beat.</summary>
public sealed class ActivityMethod : IExpansionMethod
{
    /// <inheritdoc/>
    public string Name => "activity";

    /// <inheritdoc/>
    public UserInputs Reads => UserInputs.Activity;

    /// <inheritdoc/>
    public SeedModel Train(SeedMatch seeds, float[] seedWeights, TrainingContext context, CancellationToken cancellation = default) =>
        new(new Scorer(), new Dictionary<string, double>());

    private sealed class Scorer : IUserScorer
    {
        public UserInputs Reads => UserInputs.Activity;

        public double CostPerPair => 1;

        public void Score(UserTile users, Span<float> scores)
        {
            if (users.Shard.Activity.IsEmpty) scores[..users.Count].Clear();
            var activity = users.Shard.Activity.Span;
            for (var i = 0; i < users.Count && !activity.IsEmpty; i++) scores[i] = activity[users.Rows[i]];
        }
    }
}
