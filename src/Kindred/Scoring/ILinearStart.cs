using Kindred.Numerics;

namespace Kindred.Scoring;

/// <summary>A scorer that begins with bias + weights · user, so that several of them share one matrix product.</summary>
internal interface ILinearStart : IUserScorer
{
    /// <summary>The bias, added to every score.</summary>
    float Bias { get; }

    /// <summary>[dimension + 1] weights of the embedding and the activity.</summary>
    ReadOnlySpan<float> Weights { get; }

    /// <summary>Converts the linear parts into scores.</summary>
    /// <param name="users">The users.</param>
    /// <param name="scores">[lane groups · lanes] bias + weights · user; replaced by the scores.</param>
    void Finish(UserTile users, Span<float> scores);

    /// <summary>Converts one user's linear part into the score, with the same bits.</summary>
    /// <param name="user">[dimension + 1] the user's inputs, as in a lane of a tile.</param>
    /// <param name="sum">bias + weights · user.</param>
    float Finish(ReadOnlySpan<float> user, float sum);
}

/// <summary>The scoring that all linear starts share.</summary>
internal static class LinearStart
{
    /// <summary>Scores a tile's users by one scorer alone.</summary>
    public static void Score(ILinearStart scorer, UserTile users, Span<float> scores)
    {
        Span<float> padded = stackalloc float[UserTile.Capacity];
        var bias = scorer.Bias;
        for (var p = 0; p < users.LaneGroups; p++)
        {
            UserLaneKernels.Linear(
                users.LaneGroup(p), scorer.Weights, new ReadOnlySpan<float>(in bias), padded[(p * UserTile.LaneCount)..]);
        }

        scorer.Finish(users, padded);
        padded[..users.Count].CopyTo(scores);
    }
}
