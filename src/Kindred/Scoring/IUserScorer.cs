namespace Kindred.Scoring;

/// <summary>The data of a user that a scorer reads. It decides the cost of scoring, and whether a user can be scored at request
/// time.</summary>
[Flags]
public enum UserInputs
{
    /// <summary>Only the user's id.</summary>
    None = 0,

    /// <summary>The embedding.</summary>
    Embedding = 1,

    /// <summary>The activity.</summary>
    Activity = 2,

    /// <summary>The user's items.</summary>
    Items = 4,
}

/// <summary>Scores users for one seed list: the higher, the more similar to its users.</summary>
/// <remarks>
/// A user's score has the same bits in any tile, thread or shard, and at every vector width.
/// It is finite. Scorers are immutable and safe for concurrent use.
/// </remarks>
public interface IUserScorer
{
    /// <summary>The data of a user that it reads.</summary>
    UserInputs Reads { get; }

    /// <summary>Multiply-adds (or steps of the same cost) per user; for a scorer of items, at the mean number of items.</summary>
    double CostPerPair { get; }

    /// <summary>Scores the users of a tile.</summary>
    /// <param name="users">Consecutive users of one shard.</param>
    /// <param name="scores">[users.Count] receives the scores.</param>
    void Score(UserTile users, Span<float> scores);
}
