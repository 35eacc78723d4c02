using Kindred.Scoring;

namespace Kindred.Tests.Scoring;

/// <summary>Scores users by name.</summary>
internal sealed class TableScorer(IReadOnlyDictionary<string, float> scores) : IUserScorer
{
    public UserInputs Reads => UserInputs.None;

    public double CostPerPair => 1;

    public void Score(UserTile users, Span<float> to)
    {
        for (var i = 0; i < users.Count; i++) to[i] = scores[users.Shard.UserIds.GetString(users.Rows[i])];
    }
}
