using Kindred.Numerics;

namespace Kindred.Scoring;

/// <summary>A scorer that begins with bias + weights · user, so that several of them share one matrix product.</summary>
internal interface ILinearStart : IUserScorer
{
    /// <summary>Added to every user.</summary>
    float Bias { get; }

    /// <summary>[dimension + 1] weights of the embedding and the activity.</summary>
    ReadOnlySpan<float> Weights { get; }

    /// <summary>Makes scores of the linear parts.</summary>
    /// <param name="users">The users.</param>
    /// <param name="scores">[panels · panel users] bias + weights · user; the first of them become scores.</param>
    void Finish(UserTile users, Span<float> scores);

    /// <summary>Makes the score of one user of his linear part, with the same bits.</summary>
    /// <param name="user">[dimension + 1] as a lane of a tile holds him.</param>
    /// <param name="sum">bias + weights · user.</param>
    float Finish(ReadOnlySpan<float> user, float sum);
}

/// <summary>What linear starts have in common.</summary>
internal static class LinearStart
{
    /// <summary>Scores a tile's users by one scorer alone.</summary>
    public static void Score(ILinearStart scorer, UserTile users, Span<float> scores)
    {
        Span<float> padded = stackalloc float[UserTile.Capacity];
        var bias = scorer.Bias;
        for (var p = 0; p < users.PanelCount; p++)
        {
            UserLaneKernels.Linear(users.Panel(p), scorer.Weights, new ReadOnlySpan<float>(in bias), padded[(p * UserTile.PanelUsers)..]);
        }

        scorer.Finish(users, padded);
        padded[..users.Count].CopyTo(scores);
    }
}
