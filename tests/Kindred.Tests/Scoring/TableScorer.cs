using Kindred.Scoring;

namespace Kindred.Tests.Scoring;

/// <summary>Scores users by name.</summary>
/// <param name="scores">The score of every user.</param>
/// <param name="seen">Receives the names of the scored users.</param>
internal sealed class TableScorer(IReadOnlyDictionary<string, float> scores, HashSet<string>? seen = null) : IUserScorer
{
    public UserInputs Reads => UserInputs.None;

    public double CostPerPair => 1;

    public void Score(UserTile users, Span<float> to)
    {
        for (var i = 0; i < users.Count; i++)
        {
            var name = users.Shard.UserIds.GetString(users.Rows[i]);
            seen?.Add(name);
            to[i] = scores[name];
        }
    }
}
